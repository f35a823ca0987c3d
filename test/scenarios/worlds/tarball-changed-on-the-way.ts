import { createHash } from 'node:crypto';
import { packTarball } from '../../../src/simulator/tarball.ts';
import { inFront } from '../passages.ts';
import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

const gitlab = friends();

export const tarballChangedOnTheWay = situation({
  name: 'tarball-changed-on-the-way',
  story: 'GitLab still describes the tarball that was locked, and a cache in between gives another one',
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
  passage: inFront((path) =>
    path.endsWith('.tgz')
      ? {
          status: 200,
          body: packTarball({ name: '@acme/ui', version: '1.4.0', description: 'an older one' }),
        }
      : null,
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP504 confirmed: @acme/ui@1.4.0'] },
});
