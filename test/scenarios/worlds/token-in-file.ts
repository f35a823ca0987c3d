import { friends, rc, situation } from '../situation.ts';

export const tokenInFile = situation({
  name: 'token-in-file',
  story: 'the token itself stands in the file of the checkout',
  gitlab: friends().personalToken('glpat-literal-token-of-alice', { user: 'alice' }),
  npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=glpat-literal-token-of-alice\n`,
  expected: { verdict: 'pass', exitCode: 0, findings: ['warning NP115 confirmed'] },
});
