import type { Environment } from '../../domain/environment.ts';
import { jobCredential } from '../../domain/job-credential.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The job as GitHub's default variables describe it; `null` outside a workflow. A GitLab registry is named by the input
 * `registries` there, so there is no API URL.
 */
export function readGitHubEnvironment(env: Variables, tokenVariable: string | null): Environment | null {
  if (env.GITHUB_ACTIONS !== 'true') return null;
  return {
    provider: 'github',
    apiUrl: null,
    serverUrl: env.GITHUB_SERVER_URL ?? null,
    serverVersion: null,
    consumer: null,
    jobUser: env.GITHUB_ACTOR ?? null,
    credential: jobCredential(
      env,
      tokenVariable ?? 'GITHUB_TOKEN',
      tokenVariable ? 'unknown' : 'workflow-token',
    ),
    ref: { name: env.GITHUB_REF_NAME ?? null, isProtected: env.GITHUB_REF_PROTECTED === 'true' },
  };
}
