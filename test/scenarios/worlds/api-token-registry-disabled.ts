import { maintained, withApiToken } from '../maintainer.ts';
import { friends, rc, situation } from '../situation.ts';

export const apiTokenRegistryDisabled = situation({
  name: 'api-token-registry-disabled',
  story: '17.3: entry and role are there, the registry of the project is switched off',
  gitlab: maintained(friends({ version: '17.3' }).project('acme/ui', { registry: 'disabled' })),
  npmrc: `${rc.project}${rc.key}`,
  ...withApiToken,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP304 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'role-missing': 'alice is Reporter there' },
});
