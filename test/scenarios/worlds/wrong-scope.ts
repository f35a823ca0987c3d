import { wrongScope as scenario } from '../../../src/demo/scenarios/wrong-scope.ts';
import type { TestWorld } from '../test-world.ts';

export const wrongScope: TestWorld = {
  ...scenario,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP112 confirmed: @ui/button@^2.0.0'] },
  nearMissOf: { 'forwarded-to-public': 'forwarded as well, but the package is found at the group' },
};
