import { friends, rc, situation } from '../situation.ts';

export const gitDependencyElsewhere = situation({
  name: 'git-dependency-elsewhere',
  story: 'a package from a repository of another server',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^1.0.0', tools: 'git+https://code.example/tools.git#v2' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'git-dependency': 'the repository is on another server' },
});
