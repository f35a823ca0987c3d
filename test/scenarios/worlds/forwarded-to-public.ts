import { forwardedToPublic as scenario } from '../../../src/demo/scenarios/forwarded-to-public.ts';
import type { TestWorld } from '../test-world.ts';

export const forwardedToPublic: TestWorld = {
  ...scenario,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP503 confirmed: @acme/buton@^1.0.0'] },
  nearMissOf: { 'package-not-found': 'the answer is a redirect, which is the greater danger' },
};
