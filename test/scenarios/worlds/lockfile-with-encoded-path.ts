import { friends, lockfile, rc, situation, url } from '../situation.ts';

export const lockfileWithEncodedPath = situation({
  name: 'lockfile-with-encoded-path',
  story: 'the lockfile names the project by its encoded path',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    {
      '@acme/ui': {
        version: '1.4.0',
        resolved: `${url}/api/v4/projects/acme%2Fui/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz`,
      },
    },
  ),
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: {
    'lockfile-pins-other-registry': 'GitLab takes the encoded path of a project for its number',
  },
});
