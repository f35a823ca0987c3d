import { inFront } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const refusedForNow = situation({
  name: 'refused-for-now',
  story: 'a server that limits the rate of requests says so with 403 and a time to come back',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront((path) =>
    path.includes('/packages/npm/')
      ? { status: 403, headers: { 'retry-after': '600' }, body: '{"message":"403 Forbidden"}' }
      : null,
  ),
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP406 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'registry-restricted': 'the refusal is about the rate, whatever its words' },
});
