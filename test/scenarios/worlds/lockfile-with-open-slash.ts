import { friends, lockfile, rc, situation, url } from '../situation.ts';

export const lockfileWithOpenSlash = situation({
  name: 'lockfile-with-open-slash',
  story: 'the lockfile names the project by a path that is not encoded, which is no route',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    {
      '@acme/ui': {
        version: '1.4.0',
        resolved: `${url}/api/v4/projects/acme/ui/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz`,
      },
    },
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'version-not-found': 'the file is there, at another address',
  },
});
