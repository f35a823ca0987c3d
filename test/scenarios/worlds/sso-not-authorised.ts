import { githubTokens, onGitHub, openGitHub, workflowFile } from '../github-situation.ts';

/** The registry refuses it like a dead token; GitHub's API says what is missing. */
export const ssoNotAuthorised = onGitHub({
  name: 'sso-not-authorised',
  story: 'a classic token of a member that was never authorised for the single sign-on of the organisation',
  github: openGitHub()
    .owner('acme', { singleSignOn: true })
    .classicToken(githubTokens.classic, { user: 'alice' })
    .reader('@acme/ui', 'alice'),
  variables: { NODE_AUTH_TOKEN: githubTokens.classic },
  workflow: workflowFile({ token: '${{ secrets.PACKAGES_TOKEN }}' }),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP313 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'token-rejected': "the registry says the same, and GitHub's API knows the token" },
});
