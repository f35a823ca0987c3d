import { rc, situation, strangers } from '../situation.ts';

export const policiesNoEntry = situation({
  name: 'policies-no-entry',
  story: '18.4: policies refuse for want of an entry',
  gitlab: strangers({ version: '18.4' }).member('alice', 'reporter', 'acme/ui'),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'fine-grained-permission-missing': 'the same text, but there is no entry at all' },
});
