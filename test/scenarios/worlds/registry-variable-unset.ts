import { friends, rc, situation } from '../situation.ts';

export const registryVariableUnset = situation({
  name: 'registry-variable-unset',
  story: 'the address of the registry refers to a variable that this job does not have',
  gitlab: friends(),
  npmrc: `@acme:registry=\${REGISTRY_HOST_URL}/api/v4/packages/npm/\n${rc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'unexplained-answer': 'no request is sent: the address is none' },
});
