import type { Authorization, Credential } from './credential.ts';
import type { Environment } from './environment.ts';
import type { GitHubRegistry } from './github-registry-of.ts';
import { sameOrigin } from './registry-key.ts';
import { hasForm } from './secret.ts';

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

/**
 * The client's credential for the API of the GitHub whose registry it is sent to anyway; `null` for anything that is not surely that GitHub's own personal token.
 * Registry and API of github.com and ghe.com are two hosts of one service, which documents these tokens for both and their beginnings
 * (GitHub docs: "About authentication to GitHub", "Authenticating to the REST API"), and the API's host follows from the registry's, not from anything
 * that a checkout or a variable says. A GitHub Enterprise Server signs in on the instance, so there is nothing to ask.
 */
export function githubApiAuthorization(
  credential: Credential,
  registry: GitHubRegistry,
): Authorization | null {
  if (registry.platform !== 'cloud' || credential.kind !== 'token' || credential.scheme !== 'Bearer')
    return null;
  if (!registry.apiUrl.startsWith('https:')) return null;
  return hasForm(credential.secret, /^gh[po]_/) ? { kind: 'bearer', secret: credential.secret } : null;
}
