import { rc, situation, strangers } from '../situation.ts';

export const v2AllowlistMissing17 = situation({
  name: 'v2-allowlist-missing-17',
  story: 'variant V2 on 17.11: the consumer may limit its own token as well',
  gitlab: strangers({ version: '17.11', variant: 'V2' }).member('alice', 'reporter', 'acme/ui'),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 possible: @acme/ui@1.4.0 | outbound-limit'] },
});
