import type { ClientName } from '../domain/client.ts';
import type { ClientModule } from './client-module.ts';
import { npmModule } from './npm/npm-module.ts';

export type { ClientModule, ConfigPlan } from './client-module.ts';

/** The package managers that can be judged and configured, by name. */
export const clientModules = {
  npm: npmModule,
} satisfies Partial<Record<ClientName, ClientModule>>;
