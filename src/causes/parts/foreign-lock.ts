import type { RunFacts } from '../../domain/cause.ts';
import { type Dependency, scopeOf } from '../../domain/dependency.ts';
import { githubRegistryOf } from '../../domain/github-registry-of.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { sameOrigin } from '../../domain/registry-key.ts';

/** Packages that a lockfile takes from a private host which nothing here names. */
export interface ForeignLock {
  origin: string;
  packages: readonly Dependency[];
}

/**
 * The private hosts in a lockfile that no registry line and no key of this job knows, with the packages that are no private ones: the lockfile was
 * made behind a mirror or a cache of somebody's own, and the install asks it all the same (user reports).
 */
export function foreignLocks({ project, client, plan, environment }: RunFacts): readonly ForeignLock[] {
  const planned = new Set(plan.scopes.map(({ scope }) => scope));
  const byOrigin = new Map<string, Dependency[]>();
  for (const dependency of project.dependencies) {
    const { from, name, locked } = dependency;
    const url = from === 'registry' && locked?.tarball ? client.asks(dependency).tarball : null;
    const scope = scopeOf(name);
    if (url === null || !URL.canParse(url) || !looksPrivate(url) || (scope !== null && planned.has(scope)))
      continue;
    const registry = client.registryFor(name).url;
    if (registry !== null && sameOrigin(registry, url)) continue;
    if (prefixOf(url) !== null || githubRegistryOf(url, environment) !== null) continue;
    if (client.credentialFor(url, registry).kind !== 'none') continue;
    const { origin } = new URL(url);
    const known = byOrigin.get(origin);
    if (known) known.push(dependency);
    else byOrigin.set(origin, [dependency]);
  }
  return [...byOrigin].map(([origin, packages]) => ({ origin, packages }));
}

const products =
  /artifactory|jfrog|nexus|verdaccio|proget|codeartifact|pkgs\.(?:dev\.azure|visualstudio)|\/repository\/|\/api\/npm\//i;

/** A loopback or inner address, a bare name, http on a port of its own, or the address of a product for private registries. */
function looksPrivate(url: string): boolean {
  const { hostname, port, protocol } = new URL(url);
  return (
    (protocol === 'http:' && port !== '') ||
    !hostname.includes('.') ||
    /^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.|\.(?:local|internal|lan|corp)$/i.test(hostname) ||
    products.test(url)
  );
}
