import { friends, rc, situation } from '../situation.ts';

export const malformedLine = situation({
  name: 'malformed-line',
  story: 'the key has a protocol in front',
  gitlab: friends(),
  npmrc: `${rc.instance}https:${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP109 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'auth-key-missing': 'the key is there, in a form that npm never looks up' },
});
