import type { ClientId, ClientModel, ClientName } from '../domain/client.ts';
import type { ClientWorld } from '../domain/client-world.ts';
import type { ScopePlan } from '../domain/plan.ts';
import type { Source } from '../domain/source.ts';

/**
 * What a configuration is planned from. `client` is the one that will read it, `world` what it would read today.
 * `where`: a file outside the checkout that the client reads for this user, or the project's own. `userFolder` is a folder whose files later
 * steps of the job can be told of by variables; `null` when nobody can be told, so that only a file that the client reads anyway will do.
 */
export interface ConfigPlan {
  scopes: readonly ScopePlan[];
  client: ClientId;
  world: ClientWorld;
  where: 'user' | 'project';
  userFolder: string | null;
}

/** A configuration file's whole new text. `path` is absolute; `before` is `null` when it is absent. */
export interface PlannedFile {
  path: string;
  before: string | null;
  after: string;
}

/** The files to write, and the variables that later commands need so that the client reads them. */
export interface PlannedConfig {
  files: readonly PlannedFile[];
  exports: Readonly<Record<string, string>>;
}

/** Everything that is known of one package manager. All of it is pure and throws nothing. */
export interface ClientModule {
  name: ClientName;
  /** The version whose rules are the strictest of all that are known, `major.minor.patch`: taken where none is found. */
  strictest: string;
  /** Versions whose rules are known, any order: for a project that only names a range. */
  versions: readonly string[];
  /** What the client makes of the files and variables of a project. */
  resolve(world: ClientWorld, client: ClientId): ClientModel;
  /** The user-level file that the client reads (absolute), and who names it. */
  userConfigPath(world: ClientWorld, client: ClientId): { path: string; source: Source };
  /** The files that make the client use the scopes' registries. Users' bytes stay; what is added stands in marked blocks. */
  planConfig(plan: ConfigPlan): PlannedConfig;
}
