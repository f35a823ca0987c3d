import { onGitHub, openGitHub, workflowFile } from '../github-situation.ts';

/** A secret that is not passed is an empty text. */
export const secretInRunOfFork = onGitHub({
  name: 'secret-in-run-of-fork',
  story: 'a pull request from a fork gets no secret, so the variable that it feeds is empty',
  github: openGitHub(),
  variables: { NODE_AUTH_TOKEN: '' },
  workflow: workflowFile({ token: '${{ secrets.PACKAGES_TOKEN }}' }),
  pullRequestOf: 'mallory/shop',
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'fork-run-restricted': 'no token is sent at all' },
});
