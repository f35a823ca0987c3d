import { friends, rc, situation } from '../situation.ts';

export const scopeNotMapped = situation({
  name: 'scope-not-mapped',
  story: 'nothing maps the scope, so npm asks the public npm registry',
  gitlab: friends(),
  npmrc: rc.key,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP101 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'auth-key-missing': 'the key is there, the registry line is missing' },
});
