import { tarballPrefixUncovered as scenario } from '../../../src/demo/scenarios/tarball-prefix-uncovered.ts';
import type { TestWorld } from '../test-world.ts';

export const tarballPrefixUncovered: TestWorld = {
  ...scenario,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP103 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: { 'lockfile-pins-other-registry': 'the lockfile names the same server' },
};
