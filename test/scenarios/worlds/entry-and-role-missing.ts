import { rc, situation, strangers } from '../situation.ts';

export const entryAndRoleMissing = situation({
  name: 'entry-and-role-missing',
  story: 'neither entry nor role: one after the other',
  gitlab: strangers(),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@^1.0.0'] },
});
