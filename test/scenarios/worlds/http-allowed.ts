import { friends, situation } from '../situation.ts';

const url = 'http://gitlab.example.com';

export const httpAllowed = situation({
  name: 'http-allowed',
  story: 'the same, and the host is allowed by a pattern',
  url,
  gitlab: friends(),
  client: { name: 'yarn-berry', version: '4.9.4' },
  files: {
    '.yarnrc.yml': [
      'unsafeHttpWhitelist: ["*.example.com"]',
      'npmScopes:',
      '  acme:',
      `    npmRegistryServer: "${url}/api/v4/packages/npm/"`,
      '    npmAuthToken: "${CI_JOB_TOKEN-}"',
      '',
    ].join('\n'),
  },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'http-not-allowed': 'a pattern names the host' },
});
