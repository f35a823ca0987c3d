import { percentDecoded } from './percent-form.ts';
import type { Source } from './source.ts';

export type DependencyKind = 'prod' | 'dev' | 'optional' | 'peer' | 'override' | 'transitive';

/** The kinds that the input `include` chooses from. */
export type IncludeKind = 'prod' | 'dev' | 'optional' | 'peer';

/** What a lockfile says about one installed package. `version` is empty where it has none. `integrity` is a Subresource Integrity text. */
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
  /**
   * Each way by which an install comes to it: the kinds that must all be included for that way to count.
   * A package of production and of development has two ways, an optional dependency of a development tool one way of two kinds.
   */
  reachedBy?: readonly (readonly IncludeKind[])[];
  /** The packages by way of which it was found, the nearest first, where packages were followed; `name` is `null` for one under another name. */
  askedBy?: readonly { name: string | null; version: string }[];
  /** Whether whoever asks for it asks for it as optional, as far as that is known; left out: as its kind says. */
  optionalEdge?: boolean;
}

/**
 * The range or tag that is asked for, also behind an alias (`npm:@acme/ui@^1.0.0` asks for `^1.0.0`, without a range for anything), behind a protocol
 * of Yarn or pnpm without a name (`npm:^1.0.0`, `jsr:^1.0.0`), in a patch (`patch:ui@npm%3A1.0.0#file`) and by the address of a version's tarball.
 */
export function wantedRange({ requested }: Pick<Dependency, 'requested'>): string {
  const text = requested.trim();
  const patched = /^patch:(?:@[^/@]+\/)?[^/@]+@(?:npm(?::|%3A))?([^#:]*)(?:#|$)/is.exec(text);
  if (patched !== null) return percentDecoded(patched[1] ?? '') || '*';
  if (/^https?:/i.test(text)) return versionOfTarball(text) ?? requested;
  const unnamed = /^(?:npm|jsr):([\d^~<>=*][^@]*)$/s.exec(text);
  if (unnamed !== null) return unnamed[1] ?? '*';
  const alias = /^(?:npm|jsr):(?:@[^/@]+\/)?[^/@]+(?:@(.*))?$/s.exec(text);
  return alias ? alias[1] || '*' : requested;
}

/** The version that npm's own file name of a tarball holds, `null` when it holds none. */
export function versionOfTarball(url: string | null): string | null {
  return /-(\d+\.\d+\.\d+[^/?#]{0,200})\.tgz(?:$|[?#])/.exec(url ?? '')?.[1] ?? null;
}

/** The scope with its `@`, `null` for an unscoped name. */
export function scopeOf(packageName: string): string | null {
  const match = /^(@[^/]+)\//.exec(packageName);
  return match?.[1] ?? null;
}

/** Whether it is asked for as optional itself, not only needed by something optional. */
export function isAskedAsOptional({ kind, optionalEdge }: Dependency): boolean {
  return optionalEdge ?? kind === 'optional';
}

/**
 * Whether every way to it is an optional one. npm drops an optional package that it can't fetch
 * and everything that only that package needs.
 */
export function isOptional({ kind, reachedBy }: Dependency): boolean {
  if (reachedBy === undefined || reachedBy.length === 0) return kind === 'optional';
  return reachedBy.every((way) => way.includes('optional'));
}
