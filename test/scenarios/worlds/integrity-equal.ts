import { createHash } from 'node:crypto';
import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

const gitlab = friends();

export const integrityEqual = situation({
  name: 'integrity-equal',
  story: 'the lockfile names the digest of what is served',
  gitlab,
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '1.4.0' },
  lock: lockfile(
    { '@acme/ui': '1.4.0' },
    {
      '@acme/ui': {
        version: '1.4.0',
        resolved: tarballUrl(324, '@acme/ui', '1.4.0'),
        integrity: `sha512-${createHash('sha512')
          .update(gitlab.packages[0]?.tarball ?? '')
          .digest('base64')}`,
      },
    },
  ),
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'integrity-mismatch': 'the digests are equal' },
});
