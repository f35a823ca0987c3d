import type { JobCredential } from './environment.ts';

/** What a workflow's job has for GitHub's own npm registry. `registries` are the URLs it may have, each with its final slash. */
export interface GitHubPackages {
  registries: readonly string[];
  credential: JobCredential;
}

/**
 * The URLs that the npm registry of a GitHub server may have: one for github.com and ghe.com, two for a server of one's own, whose subdomain
 * isolation no variable tells (GitHub's documentation of the npm registry). Empty for no http address.
 */
export function githubRegistries(serverUrl: string | null): readonly string[] {
  if (serverUrl === null || !URL.canParse(serverUrl)) return [];
  const { protocol, hostname, host } = new URL(serverUrl);
  if (!/^https?:$/.test(protocol)) return [];
  if (hostname === 'github.com') return ['https://npm.pkg.github.com/'];
  if (hostname.endsWith('.ghe.com')) return [`https://npm.${host}/`];
  return [`${protocol}//${host}/_registry/npm/`, `${protocol}//npm.${host}/`];
}

/** The one of these registries that a registry or tarball URL lies below, `null` for any other place. */
export function registryHolding(registries: readonly string[], url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  const place = `${origin}${pathname}`;
  return registries.find((registry) => `${place}/`.startsWith(registry)) ?? null;
}

/**
 * Whose a token is, by its documented beginning: GitHub's (`ghs_`, `github_pat_`), another shop's (`glpat-`, `npm_`), or `unknown`.
 * A token whose shop is known is never offered to another.
 */
export function shopOf(token: string): 'github' | 'other' | 'unknown' {
  if (/^(?:gh[a-z]_|github_pat_)/.test(token)) return 'github';
  return /^(?:gl[a-z]{2,8}-|npm_)/.test(token) ? 'other' : 'unknown';
}
