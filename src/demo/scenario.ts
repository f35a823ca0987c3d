import type { ClientName } from '../domain/client.ts';
import type { GitHubModel } from '../simulator/github/model.ts';
import type { GitLabModel } from '../simulator/model.ts';

/**
 * A whole situation: a GitLab, a job and a checkout. `files` are relative to the checkout, `home` to the job user's home.
 * `url` is the address by which everybody knows the GitLab; its relative root must be the model's.
 */
export interface Scenario {
  name: string;
  /** What happened, in one line: lower-case start, no full stop. */
  story: string;
  url: string;
  gitlab: GitLabModel;
  /** A GitHub beside it, known by its own public addresses. */
  github?: GitHubModel;
  env: Readonly<Record<string, string>>;
  files: Readonly<Record<string, string>>;
  home: Readonly<Record<string, string>>;
  npm: string;
  /** The client of the job; left out: npm. */
  client?: { name: ClientName; version: string };
  command: 'run' | 'verify';
}

/** The predefined variables of a job on GitLab CI, as far as anything reads them. */
export function jobVariables(job: {
  url: string;
  version: string;
  project: string;
  projectId: number;
  user: string;
  token: string | null;
}): Readonly<Record<string, string>> {
  const { hostname } = new URL(job.url);
  return {
    GITLAB_CI: 'true',
    CI: 'true',
    CI_API_V4_URL: `${job.url}/api/v4`,
    CI_SERVER_URL: job.url,
    CI_SERVER_HOST: hostname,
    CI_SERVER_VERSION: job.version,
    CI_PROJECT_PATH: job.project,
    CI_PROJECT_ID: String(job.projectId),
    CI_PROJECT_ROOT_NAMESPACE: job.project.split('/')[0] ?? '',
    CI_PROJECT_URL: `${job.url}/${job.project}`,
    CI_COMMIT_REF_NAME: 'main',
    CI_COMMIT_REF_PROTECTED: 'true',
    GITLAB_USER_LOGIN: job.user,
    ...(job.token === null ? {} : { CI_JOB_TOKEN: job.token }),
  };
}

/** A package.json with these dependencies, as npm writes it. */
export function manifest(
  dependencies: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({ name: 'my-project', version: '1.0.0', private: true, ...more, dependencies }, null, 2)}\n`;
}
