import { friends, rc, situation } from '../situation.ts';

export const outboundListed = situation({
  name: 'outbound-listed',
  story: '17.5: the consumer limits its own token and lists the package project',
  gitlab: friends({ version: '17.5' }).project('acme/shop', { outbound: ['acme/ui'] }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'outbound-limit': 'the package project is on the list' },
});
