import type { Authorization } from './credential.ts';
import type { Environment } from './environment.ts';
import { sameOrigin } from './registry-key.ts';

/**
 * The job's own credential for a URL, in the carrier that the route takes; `null` when there is none or the URL is not of the
 * origin that the credential belongs to (`CI_API_V4_URL`). The one place that decides where a probe may send it.
 */
export function jobAuthorization(
  environment: Environment,
  url: string,
  carrier: 'bearer' | 'job-token-header' | 'basic',
): Authorization | null {
  const { secret } = environment.credential;
  const home = environment.apiUrl;
  if (secret === null || home === null || !sameOrigin(home, url)) return null;
  switch (carrier) {
    case 'bearer':
      return { kind: 'bearer', secret };
    case 'job-token-header':
      return environment.credential.kind === 'job-token'
        ? { kind: 'job-token-header', secret }
        : { kind: 'private-token-header', secret };
    case 'basic':
      return { kind: 'basic', user: 'gitlab-ci-token', secret };
  }
}
