import type { ClientName } from './client.ts';
import type { Dependency } from './dependency.ts';
import type { Source } from './source.ts';

/** A project file that can't be used. Ends the run with exit code 2; `line` and `column` count from 1. */
export interface InputProblem {
  file: string;
  line: number;
  column: number;
  message: string;
  hint: string | null;
}

export interface PublishTarget {
  name: string;
  registry: string | null;
  source: Source;
  /** The version that would be published, where the manifest has one. */
  version?: string;
}

export interface Lockfile {
  path: string;
  format: 'package-lock' | 'npm-shrinkwrap';
  /** `lockfileVersion` of the file. */
  version: number;
}

/** What the checkout says about its dependencies. Paths are relative to `directory`, which is absolute. */
export interface Project {
  directory: string;
  /** Path of the root manifest, for messages. */
  manifest: string;
  name: string | null;
  dependencies: readonly Dependency[];
  lockfile: Lockfile | null;
  workspaces: readonly { path: string; name: string | null }[];
  publish: readonly PublishTarget[];
  /** The client that the manifest declares (`packageManager`, `devEngines`). */
  declaredClient: { name: ClientName; version: string | null; source: Source } | null;
}

export type ProjectReading =
  | { kind: 'read'; project: Project }
  | { kind: 'unreadable'; problem: InputProblem };
