import type { ClientId, ClientModel, ClientName } from '../domain/client.ts';
import type { ClientWorld } from '../domain/client-world.ts';
import type { ScopePlan } from '../domain/plan.ts';
import type { Source } from '../domain/source.ts';

/** What a configuration file is planned from. `before` is `null` when the file is absent; `client` is the one that will read it. */
export interface ConfigPlan {
  before: string | null;
  scopes: readonly ScopePlan[];
  client: ClientId;
}

/** Everything that is known of one package manager. All of it is pure and throws nothing. */
export interface ClientModule {
  name: ClientName;
  /** What the client makes of the files and variables of a project. */
  resolve(world: ClientWorld, client: ClientId): ClientModel;
  /** The user-level file that the client reads (absolute), and who names it. */
  userConfigPath(world: ClientWorld): { path: string; source: Source };
  /** The whole new text of a configuration file that makes the client use the scopes' registries. */
  planConfig(plan: ConfigPlan): string;
  /** A configuration text without what `planConfig` added. */
  unplanConfig(text: string): string;
}
