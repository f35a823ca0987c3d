import { lockfile, rc, situation, strangers, url } from '../situation.ts';

export const lockfileOfAnotherService = situation({
  name: 'lockfile-of-another-service',
  story: 'the lockfile names another service of the same host, of which nothing is known',
  gitlab: strangers(),
  npmrc: `${rc.instance}${rc.key}`,
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    { '@acme/ui': { version: '1.4.0', resolved: `${url}/nexus/repository/npm/@acme/ui/-/ui-1.4.0.tgz` } },
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 possible: @acme/ui@1.4.0'] },
  nearMissOf: {
    'not-on-allowlist': 'no right on GitLab decides about an address that is none of its packages',
  },
});
