import { friends, rc, situation, url } from '../situation.ts';

export const defaultRegistryReplaced = situation({
  name: 'default-registry-replaced',
  story: 'registry= names the private registry, which forwards nothing',
  gitlab: friends({ forwarding: false }),
  npmrc: `registry=${url}/api/v4/packages/npm/\n${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^1.0.0', leftpad: '^1.0.0' },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP110 confirmed: leftpad@^1.0.0'],
  },
  nearMissOf: { 'package-not-found': 'the instance prefix serves no unscoped name to anybody' },
});
