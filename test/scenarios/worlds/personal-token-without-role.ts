import { rc, situation, strangers } from '../situation.ts';

export const personalTokenWithoutRole = situation({
  name: 'personal-token-without-role',
  story: "a personal token of somebody who has no role in the package's project, while the job user has one",
  gitlab: strangers()
    .member('alice', 'reporter', 'acme/ui')
    .allow('acme/ui', 'acme/shop')
    .user('bob')
    .member('bob', 'developer', 'acme/shop')
    .personalToken('glpat-of-bob-the-stranger', { user: 'bob', scopes: ['read_api'] }),
  npmrc: `${rc.project}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'glpat-of-bob-the-stranger' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP302 confirmed: @acme/ui@^1.0.0'] },
});
