import { friends, rc, situation } from '../situation.ts';

export const gitDependency = situation({
  name: 'git-dependency',
  story: 'one package comes from a repository of the same server',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^1.0.0', '@acme/tools': 'git+https://gitlab.example.com/acme/tools.git#v2' },
  expected: {
    verdict: 'pass',
    exitCode: 0,
    findings: ['warning NP114 confirmed: @acme/tools@git+https://gitlab.example.com/acme/tools.git#v2'],
  },
});
