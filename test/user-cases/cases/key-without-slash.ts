import { friends, rc, situation } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

/** The key lacks the slash before the colon; npm 7 and later take it, npm 6 does not. */
export const keyWithoutSlash: UserCase = {
  ids: ['UC-087'],
  world: situation({
    name: 'key-without-slash',
    story: 'the key of the instance prefix has no final slash',
    gitlab: friends({ version: '17.5' }),
    npmrc: `${rc.instance}//gitlab.example.com/api/v4/packages/npm:_authToken=\${CI_JOB_TOKEN}\n`,
    npm: '6.14.18',
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP109 confirmed: @acme/ui@^1.0.0'] },
  }),
  fix: 'the slash',
  remedy: ['//gitlab.example.com/api/v4/packages/npm/:_authToken', 'correct the line'],
};
