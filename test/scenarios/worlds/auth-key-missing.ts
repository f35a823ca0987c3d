import { friends, rc, situation } from '../situation.ts';

export const authKeyMissing = situation({
  name: 'auth-key-missing',
  story: 'the registry is mapped and nobody wrote a key for it',
  gitlab: friends(),
  npmrc: rc.instance,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP102 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'variable-unset': 'no key at all, so no variable either' },
});
