import { friends, situation } from '../situation.ts';

export const releaseAgeGate = situation({
  name: 'release-age-gate',
  story: 'Yarn 4.18 and metadata without a time of publishing',
  gitlab: friends(),
  client: { name: 'yarn-berry', version: '4.18.1' },
  files: {
    '.yarnrc.yml': [
      'npmScopes:',
      '  acme:',
      '    npmRegistryServer: "https://gitlab.example.com/api/v4/packages/npm/"',
      '    npmAuthToken: "${CI_JOB_TOKEN-}"',
      '',
    ].join('\n'),
  },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP118 confirmed: @acme/ui@^1.0.0'] },
});
