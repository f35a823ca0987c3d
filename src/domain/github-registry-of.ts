import type { Environment } from './environment.ts';
import { githubRegistries } from './github-registry.ts';
import { parsedUrl } from './registry-key.ts';

/** The npm registry of one GitHub, with the pages and the API of the same GitHub. URLs are without a final slash, except `url`. */
export interface GitHubRegistry {
  /**
   * `cloud`: github.com and ghe.com, where each package has a visibility and an Actions access list of its own. `server`: GitHub Enterprise
   * Server, where a package has the permissions of its repository (GitHub notes, section A6).
   */
  platform: 'cloud' | 'server';
  url: string;
  webUrl: string;
  apiUrl: string;
}

/**
 * The GitHub whose npm registry a registry or tarball URL belongs to; `null` for every other host. A GitHub Enterprise Server with subdomain isolation
 * can be known by the job's `GITHUB_SERVER_URL` alone (GitHub notes, section A6).
 */
export function githubRegistryOf(
  url: string,
  environment: Pick<Environment, 'workflow'> | null,
): GitHubRegistry | null {
  return registryAt(url, environment?.workflow?.serverUrl ?? null);
}

function registryAt(url: string, serverUrl: string | null): GitHubRegistry | null {
  const parsed = /^https?:\/\//i.test(url) ? parsedUrl(url) : null;
  if (parsed === null) return null;
  const { protocol, hostname, host, origin, pathname } = parsed;
  const cloud = (webHost: string, apiHost: string): GitHubRegistry => ({
    platform: 'cloud',
    url: `${origin}/`,
    webUrl: `${protocol}//${webHost}`,
    apiUrl: `${protocol}//${apiHost}`,
  });
  if (host === 'npm.pkg.github.com') return cloud('github.com', 'api.github.com');
  const tenant = /^npm\.([a-z0-9-]+\.ghe\.com)$/.exec(host)?.[1];
  if (tenant) return cloud(tenant, `api.${tenant}`);
  if (pathname === '/_registry/npm' || pathname.startsWith('/_registry/npm/')) return ofServer(origin, false);
  if (serverUrl === null || !URL.canParse(serverUrl)) return null;
  const server = new URL(serverUrl);
  return hostname === `npm.${server.hostname}` && protocol === server.protocol
    ? ofServer(server.origin, true)
    : null;
}

function ofServer(webUrl: string, isolated: boolean): GitHubRegistry {
  const { protocol, host } = new URL(webUrl);
  return {
    platform: 'server',
    url: isolated ? `${protocol}//npm.${host}/` : `${webUrl}/_registry/npm/`,
    webUrl,
    apiUrl: `${webUrl}/api/v3`,
  };
}

/**
 * The registries that the GitHub of a job may have, by `GITHUB_SERVER_URL`: one on github.com and ghe.com; on GitHub Enterprise Server the
 * one without subdomain isolation and the one of it, which no variable tells apart (GitHub notes, section A6). None for what is no URL.
 */
export function githubRegistriesOf(serverUrl: string): readonly GitHubRegistry[] {
  return githubRegistries(serverUrl).flatMap((url) => registryAt(url, serverUrl) ?? []);
}

/** What stands behind the registry in a registry URL, where nothing may stand: an owner, as old instructions had it; `null` for nothing. */
export function pathBehindRegistry(url: string, registry: GitHubRegistry): string | null {
  const behind = url
    .replace(/\/+$/, '')
    .slice(registry.url.length - 1)
    .replace(/^\/+/, '');
  return behind === '' ? null : behind;
}
