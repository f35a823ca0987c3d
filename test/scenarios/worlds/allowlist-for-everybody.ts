import { rc, situation, strangers } from '../situation.ts';

export const allowlistForEverybody = situation({
  name: 'allowlist-for-everybody',
  story: 'all groups and projects are let in, the role is missing',
  gitlab: strangers().project('acme/ui', { allowlist: 'off' }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP302 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'not-on-allowlist': 'the list is not in force' },
});
