import { allowlistOtherDirection as scenario } from '../../../src/demo/scenarios/allowlist-other-direction.ts';
import type { TestWorld } from '../test-world.ts';

export const allowlistOtherDirection: TestWorld = {
  ...scenario,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @chaptesi/my-library@1.2.3'] },
  nearMissOf: { 'role-missing': 'Maintainer there: only the list is in the way' },
};
