import { friends, rc, situation } from '../situation.ts';

export const overriddenWithoutVersion = situation({
  name: 'overridden-without-version',
  story: 'the checkout maps another prefix than the one asked for, and no prefix has the version',
  gitlab: friends(),
  npmrc: `${rc.group}${rc.key}`,
  dependencies: { '@acme/ui': '9.9.9' },
  command: 'run',
  inputs: { prefix: 'instance' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP502 possible: @acme/ui@9.9.9 | role-missing'] },
  nearMissOf: { 'overridden-by-other-rc': 'the prefix in force lists the package' },
});
