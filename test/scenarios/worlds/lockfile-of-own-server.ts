import { lockfile, situation, strangers, tarballUrl } from '../situation.ts';

export const lockfileOfOwnServer = situation({
  name: 'lockfile-of-own-server',
  story:
    'the registry line has another name of the server, keys are there for both, and the entry is missing',
  gitlab: strangers({ version: '17.11' }).member('alice', 'reporter', 'acme/ui'),
  npmrc:
    '@acme:registry=https://git.example.com/api/v4/packages/npm/\n//git.example.com/api/v4/:_authToken=${CI_JOB_TOKEN}\n//gitlab.example.com/api/v4/:_authToken=${CI_JOB_TOKEN}\n',
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0') } },
  ),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP301 possible: @acme/ui@1.4.0 | outbound-limit'],
  },
  nearMissOf: {
    'lockfile-pins-other-registry': 'the tarball got the token, and the server says why it refuses',
  },
});
