import { friends, rc, situation } from '../situation.ts';

export const versionNotListed = situation({
  name: 'version-not-listed',
  story:
    'the instance prefix lists no version that fits, and another project may hold one that its user may not pull',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^2.0.0' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP502 possible: @acme/ui@^2.0.0 | role-missing'] },
});
