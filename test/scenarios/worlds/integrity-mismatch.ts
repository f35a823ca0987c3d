import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

export const integrityMismatch = situation({
  name: 'integrity-mismatch',
  story: 'the locked version was deleted and published again',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '1.4.0' },
  lock: lockfile(
    { '@acme/ui': '1.4.0' },
    {
      '@acme/ui': {
        version: '1.4.0',
        resolved: tarballUrl(324, '@acme/ui', '1.4.0'),
        integrity: `sha512-${Buffer.alloc(64, 7).toString('base64')}`,
      },
    },
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP504 confirmed: @acme/ui@1.4.0'] },
});
