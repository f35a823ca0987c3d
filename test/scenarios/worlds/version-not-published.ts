import { friends, rc, situation } from '../situation.ts';

export const versionNotPublished = situation({
  name: 'version-not-published',
  story: 'the range asks for a version that was never published',
  gitlab: friends(),
  npmrc: `${rc.project}${rc.key}`,
  dependencies: { '@acme/ui': '^2.0.0' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP502 confirmed: @acme/ui@^2.0.0'] },
  nearMissOf: { 'package-not-found': 'the package is there' },
});
