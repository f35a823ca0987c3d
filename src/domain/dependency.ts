import type { Source } from './source.ts';

export type DependencyKind = 'prod' | 'dev' | 'optional' | 'peer' | 'override' | 'transitive';

/** What a lockfile says about one installed package. `integrity` is a Subresource Integrity text. */
export interface LockedPackage {
  version: string;
  /** `resolved` as the lockfile has it; `null` where the lockfile leaves it out. */
  tarball: string | null;
  integrity: string | null;
  source: Source;
}

/**
 * One package that an install would fetch. The same name at two versions is two dependencies.
 * `name` is the name asked of a registry; `alias` the name it is installed under when that differs.
 */
export interface Dependency {
  name: string;
  alias: string | null;
  kind: DependencyKind;
  /** The range, tag or URL as written; for a transitive one the locked version. */
  requested: string;
  from: 'registry' | 'git' | 'url' | 'file' | 'workspace';
  locked: LockedPackage | null;
  /** Where a person would change it: the manifest's line for a direct one, the lockfile's for a transitive one. */
  source: Source;
  /** Who asks for it: names of packages, `.` for the root, paths for workspaces. */
  dependents: readonly string[];
}

/** The scope with its `@`, `null` for an unscoped name. */
export function scopeOf(packageName: string): string | null {
  const match = /^(@[^/]+)\//.exec(packageName);
  return match?.[1] ?? null;
}
