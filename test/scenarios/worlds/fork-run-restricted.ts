import { githubTokens, onGitHub, openGitHub, permissions, workflowFile } from '../github-situation.ts';

/** Whether a fork's token keeps the access is not documented, so both are named. */
export const forkRunRestricted = onGitHub({
  name: 'fork-run-restricted',
  story: 'a pull request from a fork, whose token has not the access that the package grants the repository',
  github: openGitHub().workflowToken(githubTokens.workflow, { repository: 'acme/shop', fromFork: true }),
  workflow: workflowFile({ permissions: permissions.both }),
  pullRequestOf: 'mallory/shop',
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP312 possible: @acme/ui@^1.0.0 | fork-run-restricted'],
  },
});
