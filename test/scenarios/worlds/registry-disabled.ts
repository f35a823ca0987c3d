import { friends, rc, situation } from '../situation.ts';

export const registryDisabled = situation({
  name: 'registry-disabled',
  story: 'the package registry is switched off in the project',
  gitlab: friends().project('acme/ui', { registry: 'disabled' }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP304 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'package-not-found': 'the package is there, the registry is closed' },
});
