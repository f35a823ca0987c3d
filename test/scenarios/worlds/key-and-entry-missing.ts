import { rc, situation, strangers } from '../situation.ts';

export const keyAndEntryMissing = situation({
  name: 'key-and-entry-missing',
  story: 'no key, and with one the token would be refused as well',
  gitlab: strangers().member('alice', 'reporter', 'acme/ui'),
  npmrc: rc.instance,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP102 confirmed: @acme/ui@^1.0.0', 'NP301 confirmed: @acme/ui@^1.0.0'],
  },
});
