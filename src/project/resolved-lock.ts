import type { Dependency } from '../domain/dependency.ts';
import type { InputProblem, Lockfile } from '../domain/project.ts';
import type { Position } from './json-file.ts';

/** What one package of a lockfile gets for a name that it asks for. `to` is the key of the package. */
export interface ResolvedEdge {
  installName: string;
  to: string;
  kind: 'prod' | 'optional' | 'peer';
}

/** One package of a lockfile. `name` is the one asked of a registry, without an alias. */
export interface ResolvedPackage {
  key: string;
  name: string;
  version: string;
  from: Dependency['from'];
  /** The tarball as the lockfile has it; `null` where the client makes the address up from registry, name and version. */
  tarball: string | null;
  /** Subresource Integrity text of the tarball, `null` where the lockfile holds none (or a checksum of something else). */
  integrity: string | null;
  /** Where its entry stands in the text. */
  position: Position;
  edges: readonly ResolvedEdge[];
}

/**
 * A lockfile of pnpm, Yarn or Bun in terms that all of them share. Packages come in the order of the file; those of the project itself
 * (workspaces, links) are among them only where the lockfile lists them.
 */
export interface ResolvedLock {
  lockfile: Lockfile;
  packages: ReadonlyMap<string, ResolvedPackage>;
  /** The names that the manifest of a folder asked for when the lockfile was made; `null` for a folder that it does not know. Left out: it does not say. */
  askedIn?(location: string): readonly string[] | null;
  /** It was made by a client that installs no peers of the project's own packages; left out: no. */
  withoutPeers?: boolean;
  /** Whether the client was told to leave an optional dependency of that name out. Left out: no. */
  leavesOut?(installName: string): boolean;
  /**
   * The key of what a package of the project gets for a name that its manifest asks for. `location` is its folder below the project, `''`
   * for the root; `requested` the range as the manifest writes it. `null` when the lockfile does not say, or says it for another range:
   * such a name is asked anew.
   */
  resolve(location: string, installName: string, requested: string): string | null;
}

export type ResolvedLockReading =
  | { kind: 'lock'; lock: ResolvedLock }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };
