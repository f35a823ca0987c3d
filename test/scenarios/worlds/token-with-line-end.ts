import { friends, rc, situation } from '../situation.ts';

export const tokenWithLineEnd = situation({
  name: 'token-with-line-end',
  story: 'the token was read from a file together with its line end',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  variables: { CI_JOB_TOKEN: 'glcbt-64_a-token-with-a-line-end\n' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP205 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'token-rejected': 'no server has seen the token', 'token-missing': 'there is one' },
});
