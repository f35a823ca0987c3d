import { githubTokens, onGitHub, openGitHub } from '../github-situation.ts';

/** The same words as for an App's token, and nothing to tell them apart. */
export const workflowFileNotThere = onGitHub({
  name: 'workflow-file-not-there',
  story: 'the permission is missing, and no workflow file lies in the checkout to prove it',
  github: openGitHub().workflowToken(githubTokens.workflow, { repository: 'acme/shop', packages: 'none' }),
  workflow: null,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP311 possible: @acme/ui@^1.0.0 | token-kind-unsupported'],
  },
});
