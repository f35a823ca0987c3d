import { friends, rc, situation } from '../situation.ts';

export const mirrorAsDefaultRegistry = situation({
  name: 'mirror-as-default-registry',
  story: "registry= names the company's mirror of the public packages",
  gitlab: friends(),
  npmrc: `registry=https://mirror.example/npm/\n${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^1.0.0', '@types/node': '^20.0.0' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'default-registry-replaced': 'a mirror of the public registry, not the private host' },
});
