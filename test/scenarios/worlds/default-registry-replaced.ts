import { friends, rc, situation, url } from '../situation.ts';

export const defaultRegistryReplaced = situation({
  name: 'default-registry-replaced',
  story: 'registry= names the private registry, so a public scope is asked there',
  gitlab: friends(),
  npmrc: `registry=${url}/api/v4/packages/npm/\n${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^1.0.0', '@types/node': '^20.0.0' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP110 confirmed: @types/node@^20.0.0'] },
  nearMissOf: {
    'forwarded-to-public': 'the public package is forwarded, which is no danger to a private name',
  },
});
