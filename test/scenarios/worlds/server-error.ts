import { inFront } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const serverError = situation({
  name: 'server-error',
  story: 'the server fails for this path',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront((path) =>
    path.includes('/packages/npm/')
      ? { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>GitLab is not responding</h1>' }
      : null,
  ),
  inputs: { retries: '0' },
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP408 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'not-a-registry': 'a 502 with HTML is the server failing, not another service',
    'rate-limited': 'no limit, a fault',
  },
});
