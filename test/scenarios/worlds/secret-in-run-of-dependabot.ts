import { onGitHub, openGitHub, workflowFile } from '../github-situation.ts';

/** The secrets of Actions are not there. */
export const secretInRunOfDependabot = onGitHub({
  name: 'secret-in-run-of-dependabot',
  story: "a run that Dependabot started has the secrets of Dependabot's own list only",
  github: openGitHub(),
  variables: { NODE_AUTH_TOKEN: null, GITHUB_ACTOR: 'dependabot[bot]' },
  workflow: workflowFile({ token: '${{ secrets.PACKAGES_TOKEN }}' }),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'token-rejected': 'what is sent is the reference itself, no token' },
});
