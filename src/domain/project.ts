import type { ClientName } from './client.ts';
import type { Dependency } from './dependency.ts';
import type { PackageExtension } from './package-extension.ts';
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
  /** `publishConfig.registry`, where `registry` is that of the scope's own key: some clients know only the former. */
  general?: string;
}

export type LockfileFormat =
  | 'package-lock'
  | 'npm-shrinkwrap'
  | 'pnpm-lock'
  | 'yarn-lock'
  | 'yarn-berry-lock'
  | 'bun-lock';

export interface Lockfile {
  path: string;
  format: LockfileFormat;
  /** The format's version as the file has it (`lockfileVersion` of npm, pnpm and Bun, `__metadata.version` of Yarn 2+), 1 for Yarn 1. */
  version: number;
}

/** The client that a manifest asks for. `version` is set for a whole version, `range` for anything that names some versions. */
export interface DeclaredClient {
  name: ClientName;
  version: string | null;
  range: string | null;
  source: Source;
}

/** A lockfile in the folder and the client that it belongs to. */
export interface FoundLockfile {
  client: ClientName;
  path: string;
}

/**
 * Something in which the manifests and the lockfile part. `missing`: the lockfile holds nothing that fits; `removed`: it was made for a name that no manifest of
 * the folder asks for. `name` is the one that it is installed under.
 */
export interface LockfileGap {
  kind: 'missing' | 'removed';
  name: string;
  requested: string | null;
  source: Source;
}

/** What a client installs for a name wherever it is asked for, or where a package asks for it; `to` is `null` where it installs nothing for it. */
export interface Override {
  installName: string;
  to: Pick<Dependency, 'name' | 'requested' | 'from'> | null;
  /** Only below this package. Left out: wherever it is asked for. */
  below?: ParentPackage;
}

/** A package that asks for others: all its versions (`range` is `null`), or some. */
export interface ParentPackage {
  name: string;
  range: string | null;
  /** It may ask for them by way of others. Left out: as what it asks for itself. */
  byWay?: true;
  /** Only where it stands below this one. Left out: wherever it is. */
  below?: ParentPackage;
}

/** What the checkout says about its dependencies. Paths are relative to `directory`, which is absolute. */
export interface Project {
  directory: string;
  /** Path of the root manifest, for messages. */
  manifest: string;
  name: string | null;
  dependencies: readonly Dependency[];
  /** What the client installs for a name in place of what is asked, the first that holds. Left out: nothing else than what is asked. */
  overrides?: readonly Override[];
  /** What the client takes to be asked for by packages beside what they say. Left out: nothing. */
  extensions?: readonly PackageExtension[];
  lockfile: Lockfile | null;
  /** Where the lockfile was made for other manifests. Left out: nowhere. */
  lockfileGaps?: readonly LockfileGap[];
  workspaces: readonly { path: string; name: string | null }[];
  publish: readonly PublishTarget[];
  /** The client that the manifest declares (`packageManager`, `devEngines`). */
  declaredClient: DeclaredClient | null;
  /** The client that installs here: the declared one, else that of the lockfile, else npm. */
  client: ClientName;
  /** Every lockfile that lies in the folder, whoever's: pnpm, Yarn, Bun, npm. */
  lockfilesFound: readonly FoundLockfile[];
}
