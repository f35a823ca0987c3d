import { gitlab } from '../../../src/simulator/gitlab.ts';
import { rc, situation, token } from '../situation.ts';

export const personalTokenRegistryOff = situation({
  name: 'personal-token-registry-off',
  story: 'a personal token of a reporter, and a package registry that is switched off',
  gitlab: gitlab({ version: '18.2' })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324, registry: 'disabled' })
    .member('alice', 'developer', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@acme/ui', '1.4.0')
    .user('bob')
    .member('bob', 'reporter', 'acme/ui')
    .personalToken('glpat-of-bob-the-reporter', { user: 'bob', scopes: ['read_api'] }),
  npmrc: `${rc.project}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'glpat-of-bob-the-reporter' },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP302 possible: @acme/ui@^1.0.0 | registry-restricted'],
  },
});
