import { registryMembersOnly as scenario } from '../../../src/demo/scenarios/registry-members-only.ts';
import type { TestWorld } from '../test-world.ts';

export const registryMembersOnly: TestWorld = {
  ...scenario,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP304 confirmed: @tools/lint@^3.0.0'] },
};
