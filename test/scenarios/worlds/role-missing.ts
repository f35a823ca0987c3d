import { roleMissing as scenario } from '../../../src/demo/scenarios/role-missing.ts';
import type { TestWorld } from '../test-world.ts';

export const roleMissing: TestWorld = {
  ...scenario,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP302 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'not-on-allowlist': 'the entry is there, the role is missing' },
};
