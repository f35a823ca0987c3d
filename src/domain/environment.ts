import type { GitHubPackages } from './github-registry.ts';
import type { Secret } from './secret.ts';
import type { WorkflowJob } from './workflow-job.ts';

export type ProviderName = 'gitlab' | 'github' | 'generic';

/** The credential that the CI gives to a job, under the variable's name; `secret` is `null` when the variable is unset or empty. */
export interface JobCredential {
  variable: string;
  secret: Secret | null;
  kind: 'job-token' | 'personal' | 'deploy' | 'workflow-token' | 'unknown';
}

/** How messages call a token for a GitLab that the CI itself gives none for. */
export const gitlabTokenVariable = 'GITLAB_TOKEN';

/** A GitLab project as the job's environment names it. `path` is the full path. */
export interface ConsumerProject {
  id: number | null;
  path: string;
  rootNamespace: string;
  webUrl: string;
}

/** What the CI's variables say about the job. URLs are without a final slash. */
export interface Environment {
  provider: ProviderName;
  /** `CI_API_V4_URL`: protocol, host, port and relative root included. `null` off GitLab. */
  apiUrl: string | null;
  /** `CI_SERVER_URL`. */
  serverUrl: string | null;
  /** The server's version as it names itself (`18.0.1-ee`). */
  serverVersion: string | null;
  consumer: ConsumerProject | null;
  jobUser: string | null;
  credential: JobCredential;
  ref: { name: string | null; isProtected: boolean | null };
  /** Set for a job of a GitHub workflow. */
  workflow?: WorkflowJob;
  /** The program was started by a `uses:` of a workflow, not by a `run:`. */
  action?: true;
  /** Set in a workflow of GitHub, whatever GitLab the job uses beside. */
  github?: GitHubPackages;
  /** The server's licence lets groups shut addresses out, as the job's own variables say. */
  groupsMayRestrictAddresses?: true;
}
