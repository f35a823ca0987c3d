import { inFront } from '../passages.ts';
import { rc, situation, strangers } from '../situation.ts';

export const probesLimited = situation({
  name: 'probes-limited',
  story: 'the refusal is seen, every further question is answered 429',
  gitlab: strangers(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront((path) =>
    path.includes('/packages/npm/') ? null : { status: 429, headers: { 'retry-after': '600' } },
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 possible: @acme/ui@^1.0.0 | role-missing'] },
});
