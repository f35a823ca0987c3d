import { friends, rc, situation } from '../situation.ts';

export const keyOfAnotherScope = situation({
  name: 'key-of-another-scope',
  story: 'the one key is of another server, which a scope without packages here is mapped to',
  gitlab: friends(),
  npmrc: `${rc.instance}@kit:registry=https://gitlab.other.example/api/v4/packages/npm/\n//gitlab.other.example/api/v4/packages/npm/:_authToken=\${KIT_TOKEN}\n`,
  variables: { KIT_TOKEN: 'glpat-of-the-other-server' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP102 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'auth-key-mismatch': 'the key is right where it is, and this registry has none' },
});
