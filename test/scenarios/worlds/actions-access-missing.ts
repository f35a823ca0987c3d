import { closedGitHub, onGitHub, permissions, workflowFile } from '../github-situation.ts';

/** The other usual reason on GitHub: an admin of the package has to let the repository in. */
export const actionsAccessMissing = onGitHub({
  name: 'actions-access-missing',
  story: 'the token may read packages, and the package does not list the repository',
  github: closedGitHub(),
  workflow: workflowFile({ permissions: permissions.both }),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP312 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'workflow-permission-missing': 'the words are those of the package, not of the permission',
    'package-of-another-owner': 'the owner is that of the repository',
    'role-missing': "a workflow's token has no user whose role counts",
    'package-not-found': 'a 403 tells that the package is there',
    'fork-run-restricted': 'the run is of a branch of the repository itself',
  },
});
