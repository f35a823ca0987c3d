import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

export const tarballWithoutDigest = situation({
  name: 'tarball-without-digest',
  story: 'the lockfile names no digest, and the tarball is whole',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '1.4.0' },
  lock: lockfile(
    { '@acme/ui': '1.4.0' },
    { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0') } },
  ),
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'integrity-mismatch': 'nothing to compare, and the archive can be unpacked' },
});
