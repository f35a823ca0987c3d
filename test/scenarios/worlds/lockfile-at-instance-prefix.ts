import { friends, lockfile, rc, situation, url } from '../situation.ts';

export const lockfileAtInstancePrefix = situation({
  name: 'lockfile-at-instance-prefix',
  story: 'the lockfile names a tarball at the instance prefix, which has metadata alone',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    {
      '@acme/ui': { version: '1.4.0', resolved: `${url}/api/v4/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz` },
    },
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'version-not-found': 'the file is there, at another address',
  },
});
