import type { Dependency, IncludeKind } from '../domain/dependency.ts';
import type { Project } from '../domain/project.ts';

/** The inputs `include` and `depth`. */
export interface Selection {
  kinds: readonly IncludeKind[];
  depth: 'direct' | 'locked';
}

/**
 * The dependencies that a run looks at, in their order. `direct` leaves out what only the lockfile names; overrides stand in the manifest and stay.
 * A dependency counts when one of the ways to it needs no kind beyond `kinds`, as npm's `--omit` reads it.
 */
export function selectDependencies(
  project: Pick<Project, 'dependencies'>,
  { kinds, depth }: Selection,
): Dependency[] {
  const included = new Set<string>(kinds);
  return project.dependencies.filter((dependency) => {
    if (depth === 'direct' && dependency.kind === 'transitive') return false;
    const { reachedBy, kind } = dependency;
    if (reachedBy !== undefined) return reachedBy.some((way) => way.every((needed) => included.has(needed)));
    return kind === 'transitive' || kind === 'override' || included.has(kind);
  });
}
