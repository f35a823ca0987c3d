import type { TestWorld } from '../scenarios/test-world.ts';

const ofGitLabJobs = [
  'GITLAB_CI',
  'CI_API_V4_URL',
  'CI_SERVER_URL',
  'CI_SERVER_HOST',
  'CI_SERVER_VERSION',
  'CI_PROJECT_PATH',
  'CI_PROJECT_ID',
  'CI_PROJECT_ROOT_NAMESPACE',
  'CI_PROJECT_URL',
  'CI_COMMIT_REF_NAME',
  'CI_COMMIT_REF_PROTECTED',
  'GITLAB_USER_LOGIN',
  'CI_JOB_TOKEN',
] as const;

/** A token of alice's own, as a workflow or a shell outside GitLab CI holds one. */
export const ownToken = 'glpat-65_demo-token-of-alice-00';

/** The variables of a shell outside any CI. */
export const shell: Readonly<Record<string, string | null>> = {
  ...Object.fromEntries(ofGitLabJobs.map((name) => [name, null])),
  CI: null,
};

/** The variables of a step of a GitHub workflow. */
export const workflow: Readonly<Record<string, string | null>> = {
  ...shell,
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTOR: 'alice',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SERVER_URL: 'https://github.example.com',
  GITHUB_REF_NAME: 'main',
};

/** A GitLab job on a ref that gets no protected variables. */
export const unprotectedRef = (name: string): Readonly<Record<string, string>> => ({
  CI_COMMIT_REF_NAME: name,
  CI_COMMIT_REF_PROTECTED: 'false',
});

/** Gives a variable of the job alice's own token. */
export const withVariable =
  (name: string) =>
  (world: TestWorld): TestWorld => ({ ...world, env: { ...world.env, [name]: ownToken } });
