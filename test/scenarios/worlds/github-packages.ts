import { onGitHub, openGitHub, permissions, workflowFile } from '../github-situation.ts';

/** The near miss of every other world on GitHub. */
export const githubPackages = onGitHub({
  name: 'github-packages',
  story: 'everything on GitHub is as it should be',
  github: openGitHub(),
  workflow: workflowFile({ permissions: permissions.both }),
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: {
    'workflow-permission-missing': 'the permissions name packages',
    'actions-access-missing': 'the package lists the repository',
    'sso-not-authorised': "a workflow's token needs no authorisation",
    'owner-in-registry-url': 'the registry line ends behind the host',
  },
});
