import { friends, situation } from '../situation.ts';

export const clientStopsAtBrokenFile = situation({
  name: 'client-stops-at-broken-file',
  story: 'Yarn 4 ends at a .yarnrc.yml that is no YAML, so nobody can tell which scope it maps',
  gitlab: friends(),
  client: { name: 'yarn-berry', version: '4.18.1' },
  dependencies: { '@design/ui': '^1.0.0' },
  files: { '.yarnrc.yml': 'npmScopes: {design: {npmRegistryServer: "https://gitlab.example.com/"\n' },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP109 confirmed: @design/ui@^1.0.0', 'warning NP109 confirmed'],
  },
});
