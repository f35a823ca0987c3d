import { gitlab } from '../../../src/simulator/gitlab.ts';
import { situation, token } from '../situation.ts';

export const groupHides = situation({
  name: 'group-hides',
  story: 'the group prefix of a private group in which the job user has no role: to them it is not there',
  gitlab: gitlab({ version: '18.2' })
    .group('kit', { visibility: 'private' })
    .project('acme/shop', { id: 512 })
    .project('kit/ui', { id: 324 })
    .member('alice', 'developer', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .allow('kit/ui', 'acme/shop')
    .package('kit/ui', '@acme/ui', '1.4.0'),
  npmrc:
    '@acme:registry=https://gitlab.example.com/api/v4/groups/kit/-/packages/npm/\n//gitlab.example.com/api/v4/:_authToken=${CI_JOB_TOKEN}\n',
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP305 possible: @acme/ui@^1.0.0 | role-missing'],
  },
});
