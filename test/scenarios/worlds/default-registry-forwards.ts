import { friends, rc, situation, url } from '../situation.ts';

export const defaultRegistryForwards = situation({
  name: 'default-registry-forwards',
  story: 'registry= names the private registry, which forwards what it does not have',
  gitlab: friends(),
  npmrc: `registry=${url}/api/v4/packages/npm/\n${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^1.0.0', '@types/node': '^20.0.0', leftpad: '^1.0.0' },
  expected: { verdict: 'pass', exitCode: 0, findings: ['warning NP110 confirmed'] },
  nearMissOf: {
    'forwarded-to-public': 'public packages are forwarded, which is no danger to a private name',
  },
});
