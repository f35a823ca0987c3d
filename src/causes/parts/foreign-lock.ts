import type { RunFacts, Statement } from '../../domain/cause.ts';
import { type ClientStop, registryReach } from '../../domain/client.ts';
import { type Dependency, scopeOf } from '../../domain/dependency.ts';
import { lockedElsewhere } from '../../domain/locked-elsewhere.ts';
import type { Case } from '../../domain/target.ts';

/**
 * Packages that a lockfile takes from a host that this job sends no credential to. `isNamed`: some setting names the host all the same; `refusal`: the
 * client takes none of them from there, and ends.
 */
export interface ForeignLock {
  origin: string;
  isNamed: boolean;
  refusal: ClientStop | null;
  packages: readonly Dependency[];
}

/**
 * The hosts in a lockfile that neither the registry line of the package nor a key of this job leads to, and that refused nothing: the lockfile was made
 * behind a mirror or a cache of somebody's own, and the install asks it all the same (user reports). The packages of private scopes, and others that
 * are asked for because a line leads somewhere, are none of them.
 */
export function foreignLocks(run: RunFacts, cases: readonly Case[]): readonly ForeignLock[] {
  const { project, client, plan, environment } = run;
  const planned = new Set(plan.scopes.map(({ scope }) => scope));
  const asked = cases.filter(({ result }) => result.kind !== 'skipped');
  const mapped = new Set(
    asked
      .filter(({ target }) => registryReach(target.registry) === 'scope')
      .map(({ target }) => placeOf(target.dependency)),
  );
  const refusing = new Set(
    asked.flatMap(({ result, target: { dependency } }) => {
      const url = result.kind === 'ok' ? null : lockedElsewhere(client, environment, dependency);
      return url === null ? [] : [new URL(url).origin];
    }),
  );
  const byOrigin = new Map<string, Dependency[]>();
  const refusals = new Map<string, ClientStop | null>();
  for (const dependency of project.dependencies) {
    const scope = scopeOf(dependency.name);
    if ((scope !== null && planned.has(scope)) || mapped.has(placeOf(dependency))) continue;
    const url = lockedElsewhere(client, environment, dependency);
    if (url === null) continue;
    const { origin } = new URL(url);
    if (refusing.has(origin)) continue;
    const known = byOrigin.get(origin);
    if (known) known.push(dependency);
    else byOrigin.set(origin, [dependency]);
    refusals.set(
      origin,
      refusals.get(origin) ?? client.refusal(url, client.registryFor(dependency.name).url, dependency),
    );
  }
  return [...byOrigin].map(([origin, packages]) => ({
    origin,
    packages,
    isNamed: isNamed(run, origin),
    refusal: refusals.get(origin) ?? null,
  }));
}

function placeOf({ name, locked }: Dependency): string {
  return `${name} ${locked?.tarball}`;
}

function isNamed({ client: { settings } }: RunFacts, origin: string): boolean {
  const { host } = new URL(origin);
  return settings.some(({ key, written }) =>
    [key, written].some((text) => text.toLowerCase().includes(`//${host}/`) || text.endsWith(`//${host}`)),
  );
}

/** Packages that are none of this job's private ones, from somebody's own mirror or cache. */
export function foreignStatement(
  { project, client: { client } }: RunFacts,
  { origin, packages, isNamed, refusal }: ForeignLock,
): Statement {
  const lockfile = project.lockfile?.path ?? 'the lockfile';
  const [first] = packages;
  const others = packages.length - 1;
  const version = `${client.name} ${client.version}`;
  return {
    title: `${lockfile} takes ${first?.name ?? 'packages'}${others > 0 ? ` and ${others} more` : ''} from ${origin}, ${refusal ? `which ${version} refuses` : isNamed ? 'to which no credential is sent for it' : 'and nothing here names that host'}`,
    seen: refusal ? `${refusal.code}: ${refusal.message}` : `locked at ${first?.locked?.tarball}`,
    location: first?.locked?.source ?? null,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `make ${lockfile} anew without ${origin}, or configure that registry here too`,
      steps: [
        `the lockfile was made where a registry line led to ${origin}: ${refusal ? `${version} takes nothing from there unless a registry line leads there, and the install ends` : 'the install goes there whatever is configured here'}`,
        `if they are public packages: delete ${lockfile}, install where no such registry is configured, and commit the lockfile`,
        `if ${origin} is meant: ${isNamed ? 'give this job a credential key that covers that address, where the server asks for one' : 'give this job its registry line and credential key'}`,
      ],
    },
  };
}
