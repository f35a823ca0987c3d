import { acmeGitHub, githubScenario, passesToken, workflow } from '../github-job.ts';

/** What `permissions` does not name is none. */
export const githubPermissionMissing = githubScenario({
  name: 'github-permission-missing',
  story: 'GitHub Packages: the workflow names its permissions and leaves packages out',
  github: acmeGitHub({ packages: 'none' }),
  workflow: workflow({ permissions: '  contents: read', env: passesToken }),
});
