import { inFront } from '../../scenarios/passages.ts';
import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** The server refuses for now. */
export const tooManyRequests: UserCase = {
  ids: ['UC-145'],
  world: situation({
    name: 'too-many-requests',
    story: '429 for every job of a cloud on the day of an outage',
    gitlab: friends(),
    npmrc: `${rc.instance}//gitlab.example.com/api/v4/packages/npm/:_authToken=\${CI_JOB_TOKEN}\n`,
    npm: '6.14.18',
    passage: inFront(() => ({ status: 429, headers: { 'retry-after': '600' }, body: 'Retry later\n' })),
    expected: { verdict: 'undecided', exitCode: 3, findings: ['NP406 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'try again later; keep a cache',
  remedy: ['again', 'cache'],
  carryOut: ({ passage: _, ...world }) => world,
};
