import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

export const lockfileInStep = situation({
  name: 'lockfile-in-step',
  story: 'the range of package.json was edited, and the locked version fits it as well',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^1.3.0' },
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0') } },
  ),
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'lockfile-out-of-step': 'npm compares the version, not the text' },
});
