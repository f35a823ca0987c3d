import { lockfileOfAnotherHost as scenario } from '../../../src/demo/scenarios/lockfile-of-another-host.ts';
import { unknownOldName } from '../passages.ts';
import type { TestWorld } from '../test-world.ts';

export const lockfileOfAnotherHost: TestWorld = {
  ...scenario,
  passage: unknownOldName('git.old.example'),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'host-unresolved': 'the old name may not resolve, but nobody wants it any more',
    'tarball-prefix-uncovered': 'no key covers the old host, and none should',
  },
};
