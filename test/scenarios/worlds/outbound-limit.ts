import { friends, rc, situation } from '../situation.ts';

export const outboundLimit = situation({
  name: 'outbound-limit',
  story: '17.5: the list of acme/ui does not count, and the consumer limits its own token',
  gitlab: friends({ version: '17.5' })
    .project('acme/ui', { allowlist: 'off' })
    .project('acme/shop', { outbound: [] }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 possible: @acme/ui@^1.0.0 | outbound-limit'] },
});
