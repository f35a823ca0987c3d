import { friends, situation } from '../situation.ts';

const url = 'http://gitlab.example.com';

export const httpNotAllowed = situation({
  name: 'http-not-allowed',
  story: 'a GitLab known by an http address and Yarn 4',
  url,
  gitlab: friends(),
  client: { name: 'yarn-berry', version: '4.9.4' },
  files: {
    '.yarnrc.yml': [
      'unsafeHttpWhitelist: ["npm.example.com"]',
      'npmScopes:',
      '  acme:',
      `    npmRegistryServer: "${url}/api/v4/packages/npm/"`,
      '    npmAuthToken: "${CI_JOB_TOKEN-}"',
      '',
    ].join('\n'),
  },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP119 confirmed: @acme/ui@^1.0.0'] },
});
