import type { InputProblem, Lockfile } from '../domain/project.ts';

/** What one entry of a lockfile asks for. `optional-peer` edges bring nothing into the lockfile by themselves. */
export interface LockEdge {
  name: string;
  spec: string;
  kind: 'prod' | 'dev' | 'optional' | 'peer' | 'optional-peer';
}

/** One entry of a lockfile, in the terms of version 3. `location` is its folder below the project, with `/`. */
export interface LockEntry {
  location: string;
  /** Where it stands in the text: the key in `packages`, or the keys of nested `dependencies` joined to a path. */
  place: string;
  /** The name it is installed under; `null` for folders outside node_modules. */
  installName: string | null;
  packageName: string;
  version: string | null;
  resolved: string | null;
  integrity: string | null;
  /** The location that a link leads to. */
  linkTo: string | null;
  inBundle: boolean;
  dev: boolean;
  optional: boolean;
  devOptional: boolean;
  peer: boolean;
  /** What it asks for; made anew on each call, a big lockfile has millions. */
  edges(): readonly LockEdge[];
}

/** A lockfile that was read. `shape` is the member that its entries stand in. */
export interface PackageLock {
  lockfile: Lockfile;
  shape: 'packages' | 'dependencies';
  entries: ReadonlyMap<string, LockEntry>;
  text: string;
}

export type PackageLockReading =
  | { kind: 'lock'; lock: PackageLock }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };

/** What is wrong with one entry. */
export interface EntryFault {
  place: string;
  message: string;
}

/** Longer folders fit on no file system that an install could write to; also bounds the depth of nesting. */
export const longestLocation = 2048;

/** The value when it is a text that is not empty, else `null`. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
