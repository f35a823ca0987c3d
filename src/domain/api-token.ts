import type { Authorization } from './credential.ts';
import type { Environment } from './environment.ts';
import { sameOrigin } from './registry-key.ts';
import type { Secret } from './secret.ts';

/** A Maintainer's token in a variable of the job, beside the job's own credential. It asks for settings, never for a package. */
export interface ApiToken {
  variable: string;
  secret: Secret;
}

/**
 * The header that carries the API token to a URL; `null` without a token, outside a job of GitLab and for every origin but that of
 * `CI_API_V4_URL`: an address from a file of the checkout must not get it. The one place that decides where it may go.
 */
export function apiAuthorization(
  { provider, apiUrl }: Environment,
  token: ApiToken | undefined,
  url: string,
): Authorization | null {
  if (token === undefined || provider !== 'gitlab' || apiUrl === null || !sameOrigin(apiUrl, url))
    return null;
  return { kind: 'private-token-header', secret: token.secret };
}
