import { friends, rc, situation } from '../situation.ts';

export const tokenScopeMissing = situation({
  name: 'token-scope-missing',
  story: 'a personal token that may only read repositories',
  gitlab: friends().personalToken('glpat-reads-repositories-only', {
    user: 'alice',
    scopes: ['read_repository'],
  }),
  npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'glpat-reads-repositories-only' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP204 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'token-rejected': 'the token is known, it only lacks a scope' },
});
