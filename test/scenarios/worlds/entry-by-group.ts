import { rc, situation, strangers } from '../situation.ts';

export const entryByGroup = situation({
  name: 'entry-by-group',
  story: 'the allowlist names the group of the consumer',
  gitlab: strangers().member('alice', 'reporter', 'acme/ui').allow('acme/ui', 'acme'),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'not-on-allowlist': 'the entry of the group counts' },
});
