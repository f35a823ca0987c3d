import { friends, rc, situation } from '../situation.ts';

export const revokedPersonalToken = situation({
  name: 'revoked-personal-token',
  story: 'a personal token that was revoked, while the job has its own',
  gitlab: friends(),
  npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'glpat-revoked-long-ago' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP202 confirmed: @acme/ui@^1.0.0'] },
});
