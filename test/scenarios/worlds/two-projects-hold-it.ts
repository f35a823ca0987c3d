import { friends, rc, situation } from '../situation.ts';

export const twoProjectsHoldIt = situation({
  name: 'two-projects-hold-it',
  story: 'variant V1: the newest version lies in a project that alice is no member of',
  gitlab: friends()
    .project('acme/ui-next', { id: 326 })
    .allow('acme/ui-next', 'acme/shop')
    .package('acme/ui-next', '@acme/ui', '1.5.0'),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP302 confirmed: @acme/ui@^1.0.0'] },
});
