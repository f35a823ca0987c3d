import { friends, rc, situation } from '../situation.ts';

export const tokenInUserFile = situation({
  name: 'token-in-user-file',
  story: "the token itself stands in the user's own file",
  gitlab: friends().personalToken('glpat-literal-token-of-alice', { user: 'alice' }),
  npmrc: rc.instance,
  home: { '.npmrc': '//gitlab.example.com/api/v4/:_authToken=glpat-literal-token-of-alice\n' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'token-in-file': 'the file is no part of the checkout' },
});
