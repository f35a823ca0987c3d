import { inFront } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const rateLimited = situation({
  name: 'rate-limited',
  story: 'the server limits the rate of requests',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront(() => ({ status: 429, headers: { 'retry-after': '600' }, body: 'Retry later\n' })),
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP406 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'registry-unavailable': 'the server is well, and busy with us' },
});
