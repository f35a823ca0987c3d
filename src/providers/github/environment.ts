import type { Environment } from '../../domain/environment.ts';
import { type GitHubPackages, githubRegistries, shopOf } from '../../domain/github-registry.ts';
import { jobCredential } from '../../domain/job-credential.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Under this name the action makes its token known to later steps. */
const exportedByAction = 'NPMRC_PREFLIGHT_TOKEN';

/**
 * The job as GitHub's default variables describe it; `null` outside a workflow. A GitLab registry is named by the input
 * `registries` there, so there is no API URL. `actionVariable` is the variable that holds the action's input `token`.
 */
export function readGitHubEnvironment(
  env: Variables,
  tokenVariable: string | null,
  actionVariable: string | null = null,
): Environment | null {
  if (env.GITHUB_ACTIONS !== 'true') return null;
  const serverUrl = env.GITHUB_SERVER_URL ?? null;
  return {
    provider: 'github',
    apiUrl: null,
    serverUrl,
    serverVersion: null,
    consumer: null,
    jobUser: env.GITHUB_ACTOR ?? null,
    credential: jobCredential(
      env,
      tokenVariable ?? 'GITHUB_TOKEN',
      tokenVariable ? 'unknown' : 'workflow-token',
    ),
    ref: { name: env.GITHUB_REF_NAME ?? null, isProtected: env.GITHUB_REF_PROTECTED === 'true' },
    github: packagesOf(env, serverUrl, tokenVariable ?? actionVariable),
  };
}

function packagesOf(env: Variables, serverUrl: string | null, named: string | null): GitHubPackages {
  const variable = named ?? (env[exportedByAction] ? exportedByAction : 'GITHUB_TOKEN');
  const isOurs = variable === 'GITHUB_TOKEN' || shopOf(env[variable] ?? '') === 'github';
  return {
    registries: githubRegistries(serverUrl),
    credential: jobCredential(env, variable, isOurs ? 'workflow-token' : 'unknown'),
  };
}
