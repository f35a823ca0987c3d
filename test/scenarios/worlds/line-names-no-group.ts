import { friends, rc, situation, url } from '../situation.ts';

export const lineNamesNoGroup = situation({
  name: 'line-names-no-group',
  story: 'the registry line names a group that is not there, and the key the group that is meant',
  gitlab: friends(),
  npmrc: `@acme:registry=${url}/api/v4/groups/acne/-/packages/npm/\n${rc.key.replace('/api/v4/', '/api/v4/groups/acme/-/packages/npm/')}`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP305 possible: @acme/ui@^1.0.0 | auth-key-missing, role-missing'],
  },
});
