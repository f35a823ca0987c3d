import { friends, rc, situation } from '../situation.ts';

export const packagesSwitchedOff = situation({
  name: 'packages-switched-off',
  story: 'an administrator switched packages off for the whole server',
  gitlab: friends({ packagesOff: true }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP304 possible: @acme/ui@^1.0.0'] },
});
