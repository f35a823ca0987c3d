import type { ClientModel, RegistryChoice } from '../domain/client.ts';
import { type Dependency, scopeOf } from '../domain/dependency.ts';

/** One scope (`null`: unscoped) with its packages and the registry that the client's own configuration gives it. */
export interface ScopeNeed {
  scope: string | null;
  packages: readonly Dependency[];
  mapped: RegistryChoice;
}

/** The dependencies by scope. */
export function scopeNeeds(dependencies: readonly Dependency[], client: ClientModel): readonly ScopeNeed[] {
  const byScope = new Map<string | null, Dependency[]>();
  for (const dependency of dependencies) {
    const scope = scopeOf(dependency.name);
    const packages = byScope.get(scope);
    if (packages) packages.push(dependency);
    else byScope.set(scope, [dependency]);
  }
  return [...byScope].map(([scope, packages]) => ({
    scope,
    packages,
    mapped: client.registryFor(packages[0]?.name ?? ''),
  }));
}

/** All packages of a scope in words. */
export function allOf(packages: number): string {
  return packages === 1 ? 'the one package' : `all ${packages} packages`;
}
