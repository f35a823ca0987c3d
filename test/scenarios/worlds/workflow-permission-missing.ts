import { closedGitHub, githubTokens, onGitHub, permissions, workflowFile } from '../github-situation.ts';

/** The usual reason on GitHub: a block sets what it leaves out to none. */
export const workflowPermissionMissing = onGitHub({
  name: 'workflow-permission-missing',
  story:
    'the permissions of the workflow name contents alone, and the package does not let the repository in either',
  github: closedGitHub().workflowToken(githubTokens.workflow, { repository: 'acme/shop', packages: 'none' }),
  workflow: workflowFile({ permissions: permissions.contentsOnly }),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP311 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'actions-access-missing': 'that it is missing too can only be seen once the permission is there',
    'token-kind-unsupported': "the file passes the workflow's own token, so it is none of another App",
  },
});
