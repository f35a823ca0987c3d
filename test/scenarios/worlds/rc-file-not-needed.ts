import { friends, rc, situation } from '../situation.ts';

export const rcFileNotNeeded = situation({
  name: 'rc-file-not-needed',
  story: 'Yarn 4 with an .npmrc for other tools beside a .yarnrc.yml that says everything',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  client: { name: 'yarn-berry', version: '4.18.1' },
  files: {
    '.yarnrc.yml': [
      'npmScopes:',
      '  acme:',
      '    npmRegistryServer: "https://gitlab.example.com/api/v4/packages/npm/"',
      '    npmAuthToken: "${CI_JOB_TOKEN-}"',
      'npmPreapprovedPackages: ["@acme/*"]',
      '',
    ].join('\n'),
  },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: {
    'rc-file-not-read': 'nothing is missing that stands only there',
    'release-age-gate': 'the scope is named as one that needs no age',
  },
});
