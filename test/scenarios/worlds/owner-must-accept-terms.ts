import { friends, rc, situation } from '../situation.ts';

export const ownerMustAcceptTerms = situation({
  name: 'owner-must-accept-terms',
  story: "a personal token whose owner never accepted the terms of service, while the job's own user did",
  gitlab: friends()
    .member('bob', 'reporter', 'acme/ui')
    .user('bob', {
      denied:
        'You (@bob) must accept the Terms of Service in order to perform this action. To accept these terms, please access GitLab from a web browser at https://gitlab.example.com.',
    })
    .personalToken('glpat-of-bob-for-packages', { user: 'bob', scopes: ['read_api'] }),
  npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'glpat-of-bob-for-packages' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP202 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'token-scope-missing': 'the scope is there, and the account is refused' },
});
