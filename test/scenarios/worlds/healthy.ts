import { healthy as scenario } from '../../../src/demo/scenarios/healthy.ts';
import type { TestWorld } from '../test-world.ts';

export const healthy: TestWorld = {
  ...scenario,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'scope-not-mapped': 'nothing is mapped by the user, but run maps it' },
};
