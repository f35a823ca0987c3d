import { type Dependency, isAskedAsOptional, isOptional } from '../domain/dependency.ts';

/**
 * Of what packages need: what was not verified yet, and what was verified as something that may fail and is now needed by one that can't do without it. The
 * latter is verified once more, as is what it needs in turn.
 */
export function newlyNeeded(
  followed: readonly Dependency[],
  seen: Map<string, Dependency>,
): readonly Dependency[] {
  const wave = new Map<string, Dependency>();
  for (const dependency of followed) {
    const key = identity(dependency);
    const known = seen.get(key);
    if (known !== undefined && !isNeededMore(dependency, known)) continue;
    const { optionalEdge: _edge, reachedBy: _ways, ...rest } = known ?? dependency;
    const needed: Dependency =
      known === undefined
        ? dependency
        : {
            ...rest,
            kind: rest.kind === 'optional' ? 'transitive' : rest.kind,
            ...(isOptional(known) && isOptional(dependency) ? { reachedBy: [['optional']] } : {}),
            ...(isAskedAsOptional(known) && isAskedAsOptional(dependency) ? { optionalEdge: true } : {}),
          };
    seen.set(key, needed);
    wave.set(key, needed);
  }
  return [...wave.values()];
}

function isNeededMore(dependency: Dependency, known: Dependency): boolean {
  return (
    (isOptional(known) && !isOptional(dependency)) ||
    (isAskedAsOptional(known) && !isAskedAsOptional(dependency))
  );
}

/** What makes two dependencies the same fetch. */
export function identity({ name, locked, requested }: Dependency): string {
  return `${name}@${locked ? `${locked.version} ${locked.tarball ?? ''}` : requested}`;
}
