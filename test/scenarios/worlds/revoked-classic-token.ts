import { githubTokens, onGitHub, openGitHub, workflowFile } from '../github-situation.ts';

/** The near miss of the missing authorisation. */
export const revokedClassicToken = onGitHub({
  name: 'revoked-classic-token',
  story: 'a classic token that was revoked, in an organisation with single sign-on',
  github: openGitHub()
    .owner('acme', { singleSignOn: true })
    .classicToken(githubTokens.classic, { user: 'alice', revoked: true }),
  variables: { NODE_AUTH_TOKEN: githubTokens.classic },
  workflow: workflowFile({ token: '${{ secrets.PACKAGES_TOKEN }}' }),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP202 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'sso-not-authorised': "GitHub's API does not know the token either" },
});
