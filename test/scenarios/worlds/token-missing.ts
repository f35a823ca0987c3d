import { friends, rc, situation } from '../situation.ts';

export const tokenMissing = situation({
  name: 'token-missing',
  story: 'something between the job and this step took CI_JOB_TOKEN away',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  variables: { CI_JOB_TOKEN: null },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP201 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'variable-unset': "the variable is the job's own, which CI fills",
    'token-rejected': 'no token was sent that could be refused',
  },
});
