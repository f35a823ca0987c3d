import type { ClientModel } from '../domain/client.ts';
import { type Dependency, isOptional, scopeOf } from '../domain/dependency.ts';
import type { Environment } from '../domain/environment.ts';
import { lockedApart } from '../domain/locked-elsewhere.ts';

/**
 * The dependencies that stand for all that an install takes from hosts which the lockfile alone names, with a key of this job or without: of each host one of each scope and one without,
 * that of a manifest before one of the lockfile alone, and one that the install can't do without before one that it can. Where the client asks the
 * registry first, nothing can be said without asking the public one, and nothing is returned.
 */
export function askedWhereLocked(
  client: ClientModel,
  environment: Environment,
  dependencies: readonly Dependency[],
): readonly Dependency[] {
  const chosen = new Map<string, Dependency>();
  for (const dependency of [...dependencies].sort((a, b) => rank(a) - rank(b))) {
    const url = lockedApart(client, environment, dependency);
    if (url === null || client.asks(dependency).metadata) continue;
    const place = `${new URL(url).origin} ${scopeOf(dependency.name) ?? ''}`;
    if (!chosen.has(place)) chosen.set(place, dependency);
  }
  return [...chosen.values()];
}

function rank(dependency: Dependency): number {
  return (isOptional(dependency) ? 2 : 0) + (dependency.kind === 'transitive' ? 1 : 0);
}
