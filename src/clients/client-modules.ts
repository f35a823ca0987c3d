import type { ClientName } from '../domain/client.ts';
import type { ClientModule } from './client-module.ts';
import { npmModule } from './npm/npm-module.ts';

export type { ClientModule, ConfigPlan, PlannedConfig } from './client-module.ts';

const loaders = {
  npm: async () => npmModule,
  pnpm: async () => (await import('./pnpm/pnpm-module.ts')).pnpmModule,
  yarn: async () => (await import('./yarn/yarn-module.ts')).yarnModule,
  'yarn-berry': async () => (await import('./yarn-berry/yarn-berry-module.ts')).yarnBerryModule,
  bun: async () => (await import('./bun/bun-module.ts')).bunModule,
} satisfies Record<ClientName, () => Promise<ClientModule>>;

/** Everything that is known of one package manager. A run needs one of the five, so the others are not loaded. */
export function loadClientModule(name: ClientName): Promise<ClientModule> {
  return loaders[name]();
}
