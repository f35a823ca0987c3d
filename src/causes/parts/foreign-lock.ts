import type { RunFacts, Statement } from '../../domain/cause.ts';
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

/** Packages that are none of this job's private ones, from somebody's own mirror or cache. */
export function foreignStatement({ project }: RunFacts, { origin, packages }: ForeignLock): Statement {
  const lockfile = project.lockfile?.path ?? 'the lockfile';
  const [first] = packages;
  const others = packages.length - 1;
  return {
    title: `${lockfile} takes ${first?.name ?? 'packages'}${others > 0 ? ` and ${others} more` : ''} from ${origin}, and nothing here names that host`,
    seen: `locked at ${first?.locked?.tarball}`,
    location: first?.locked?.source ?? null,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `make ${lockfile} anew without ${origin}, or configure that registry here too`,
      steps: [
        `the lockfile was made where a registry line led to ${origin}: the install goes there whatever is configured here`,
        `if they are public packages: delete ${lockfile}, install where no such registry is configured, and commit the lockfile`,
        `if ${origin} is meant: give this job its registry line and credential key`,
      ],
    },
  };
}
