import { friends, rc, situation } from '../situation.ts';

export const twoProjectsOneVisible = situation({
  name: 'two-projects-one-visible',
  story: 'variant V2: the versions of the hidden project are left out',
  gitlab: friends({ variant: 'V2' })
    .project('acme/ui-next', { id: 326 })
    .allow('acme/ui-next', 'acme/shop')
    .package('acme/ui-next', '@acme/ui', '1.5.0'),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'role-missing': 'what alice may read is enough for the range' },
});
