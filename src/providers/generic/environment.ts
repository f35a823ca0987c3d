import type { Environment } from '../../domain/environment.ts';
import { jobCredential } from '../../domain/job-credential.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * A laptop or an unknown CI. `CI_API_V4_URL` is honoured when somebody sets it by hand, so that GitLab's registry can be
 * configured from anywhere.
 */
export function readGenericEnvironment(env: Variables, tokenVariable: string | null): Environment {
  const apiUrl = env.CI_API_V4_URL ? env.CI_API_V4_URL.replace(/\/+$/, '') : null;
  return {
    provider: 'generic',
    apiUrl,
    serverUrl: apiUrl?.replace(/\/api\/v4$/, '') ?? null,
    serverVersion: env.CI_SERVER_VERSION ?? null,
    consumer: null,
    jobUser: null,
    credential: jobCredential(
      env,
      tokenVariable ?? 'CI_JOB_TOKEN',
      tokenVariable || !env.CI_JOB_TOKEN ? 'unknown' : 'job-token',
    ),
    ref: { name: null, isProtected: null },
  };
}
