import type { ConsumerProject, Environment } from '../../domain/environment.ts';
import { jobCredential } from '../../domain/job-credential.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The job as GitLab's predefined variables describe it; `null` where `GITLAB_CI` is not set.
 * URLs come from `CI_API_V4_URL` and `CI_SERVER_URL`, which carry protocol, port and relative root; never from `CI_SERVER_HOST`,
 * which has no port (measured: clients.md q18c).
 */
export function readGitLabEnvironment(env: Variables, tokenVariable: string | null): Environment | null {
  if (!env.GITLAB_CI) return null;
  const apiUrl = trimmed(env.CI_API_V4_URL);
  return {
    provider: 'gitlab',
    apiUrl,
    serverUrl: trimmed(env.CI_SERVER_URL) ?? apiUrl?.replace(/\/api\/v4$/, '') ?? null,
    serverVersion: env.CI_SERVER_VERSION ?? null,
    consumer: consumerOf(env),
    jobUser: env.GITLAB_USER_LOGIN ?? null,
    credential: tokenVariable
      ? jobCredential(env, tokenVariable, 'unknown')
      : jobCredential(env, 'CI_JOB_TOKEN', 'job-token'),
    ref: {
      name: env.CI_COMMIT_REF_NAME ?? null,
      isProtected: env.CI_COMMIT_REF_PROTECTED === undefined ? null : env.CI_COMMIT_REF_PROTECTED === 'true',
    },
    // The licensed features by name (gitlabhq app/models/project.rb; gitlab EE `group_ip_restriction`).
    ...(env.GITLAB_FEATURES?.split(',').includes('group_ip_restriction') && {
      groupsMayRestrictAddresses: true as const,
    }),
  };
}

function consumerOf(env: Variables): ConsumerProject | null {
  const path = env.CI_PROJECT_PATH;
  if (!path) return null;
  const id = Number(env.CI_PROJECT_ID);
  return {
    id: Number.isSafeInteger(id) && id > 0 ? id : null,
    path,
    rootNamespace: env.CI_PROJECT_ROOT_NAMESPACE ?? path.split('/')[0] ?? path,
    webUrl: trimmed(env.CI_PROJECT_URL) ?? `${trimmed(env.CI_SERVER_URL) ?? ''}/${path}`,
  };
}

function trimmed(url: string | undefined): string | null {
  return url ? url.replace(/\/+$/, '') : null;
}
