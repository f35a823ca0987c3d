import { githubScenario, readsBoth, workflow } from '../github-job.ts';

/** A workflow has its token by an expression only: no variable holds it by itself. */
export const githubTokenNotPassed = githubScenario({
  name: 'github-token-not-passed',
  story: 'GitHub Packages: .npmrc refers to a variable that the step which installs was not given',
  token: null,
  workflow: workflow({ permissions: readsBoth, env: '' }),
});
