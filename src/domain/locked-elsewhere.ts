import type { ClientModel } from './client.ts';
import type { Dependency } from './dependency.ts';
import type { Environment } from './environment.ts';
import { githubRegistryOf } from './github-registry-of.ts';
import { prefixOf } from './prefix.ts';
import { isPublicRegistry } from './public-registry.ts';
import { sameOrigin } from './registry-key.ts';

/**
 * The address from which the lockfile takes a package, where neither its registry line nor a key of this job leads to that host: a mirror or a cache of
 * somebody's own, which the install asks without a credential whatever is configured (measured: clients.md section 4, and user reports). `null` for
 * everything else; the public registries, GitLab and GitHub are none.
 */
export function lockedElsewhere(
  client: ClientModel,
  environment: Environment,
  dependency: Dependency,
): string | null {
  const url = lockedApart(client, environment, dependency);
  if (url === null) return null;
  return client.credentialFor(url, client.registryFor(dependency.name).url).kind === 'none' ? url : null;
}

/** The same whether or not a key of this job leads to that host: where one does, the install sends it, whatever it is worth. */
export function lockedApart(
  client: ClientModel,
  environment: Environment,
  dependency: Dependency,
): string | null {
  const { from, name, locked } = dependency;
  const url = from === 'registry' && locked?.tarball ? client.asks(dependency).tarball : null;
  if (url === null || !URL.canParse(url) || isPublicRegistry(url) || isOfJsr(url)) return null;
  const registry = client.registryFor(name).url;
  if (registry !== null && sameOrigin(registry, url)) return null;
  return prefixOf(url) !== null || githubRegistryOf(url, environment) !== null ? null : url;
}

/** The registry of JSR is a public one too, which Yarn 2+ knows of itself. */
function isOfJsr(url: string): boolean {
  return new URL(url).hostname === 'npm.jsr.io';
}
