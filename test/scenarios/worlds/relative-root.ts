import { friends, situation } from '../situation.ts';

export const relativeRoot = situation({
  name: 'relative-root',
  story: 'a GitLab below /gitlab, and a key without that path',
  url: 'https://code.example.com/gitlab',
  gitlab: friends({ relativeRoot: '/gitlab' }),
  npmrc:
    '@acme:registry=https://code.example.com/gitlab/api/v4/packages/npm/\n//code.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}\n',
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP104 confirmed: @acme/ui@^1.0.0'] },
});
