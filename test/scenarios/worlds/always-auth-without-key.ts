import { friends, situation, url } from '../situation.ts';

export const alwaysAuthWithoutKey = situation({
  name: 'always-auth-without-key',
  story: 'Yarn 1 is told to send a credential for packages without a scope, and has none',
  gitlab: friends().package('acme/ui', 'plain-kit', '1.0.0'),
  client: { name: 'yarn', version: '1.22.22' },
  npmrc: `registry=${url}/api/v4/projects/324/packages/npm/\nalways-auth=true\n`,
  dependencies: { 'plain-kit': '^1.0.0' },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP102 confirmed: plain-kit@^1.0.0', 'warning NP110 confirmed'],
  },
});
