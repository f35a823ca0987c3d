import { friends, rc, situation } from '../situation.ts';

export const keyOfParentPath = situation({
  name: 'key-of-parent-path',
  story: 'a key for the whole API covers metadata and tarballs alike',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: {
    'auth-key-mismatch': 'the key is shorter than the URL, which npm accepts',
    'tarball-prefix-uncovered': 'the key covers the project prefix too',
  },
});
