import { acmeGitHub, githubScenario } from '../github-job.ts';

/** No role of a person opens it to a workflow. */
export const githubActionsAccess = githubScenario({
  name: 'github-actions-access',
  story: 'GitHub Packages: the package lets workflows of its own repository in, and of no other',
  github: acmeGitHub({ actionsAccess: [] }),
});
