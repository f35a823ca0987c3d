import { inFront } from '../passages.ts';
import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

const junk = Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(5000, 0x41)]);

export const tarballDamaged = situation({
  name: 'tarball-damaged',
  story: 'the lockfile names no digest, and a cache gives a tarball that nobody can unpack',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '1.4.0' },
  lock: lockfile(
    { '@acme/ui': '1.4.0' },
    { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0') } },
  ),
  passage: inFront((path) => (path.endsWith('.tgz') ? { status: 200, body: junk } : null)),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP504 confirmed: @acme/ui@1.4.0'] },
});
