import { friends, rc, situation } from '../situation.ts';

export const personalToken = situation({
  name: 'personal-token',
  story: 'a personal token with the scope read_api',
  gitlab: friends().personalToken('glpat-reads-the-api', { user: 'alice', scopes: ['read_api'] }),
  npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'glpat-reads-the-api' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: {
    'token-scope-missing': 'read_api is enough',
    'token-kind-unsupported': 'a personal token in the bearer form is fine',
  },
});
