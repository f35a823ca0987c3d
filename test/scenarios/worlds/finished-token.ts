import { finishedToken as scenario } from '../../../src/demo/scenarios/finished-token.ts';
import type { TestWorld } from '../test-world.ts';

export const finishedToken: TestWorld = {
  ...scenario,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP202 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'token-missing': 'there is a token, but its job is over',
    'token-malformed': 'the token could be sent, and was refused',
  },
};
