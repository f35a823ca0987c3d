import type { ClientName } from '../domain/client.ts';
import { bunModule } from './bun/bun-module.ts';
import type { ClientModule } from './client-module.ts';
import { npmModule } from './npm/npm-module.ts';
import { pnpmModule } from './pnpm/pnpm-module.ts';
import { yarnModule } from './yarn/yarn-module.ts';
import { yarnBerryModule } from './yarn-berry/yarn-berry-module.ts';

export type { ClientModule, ConfigPlan, PlannedConfig } from './client-module.ts';

/** The package managers that can be judged and configured, by name. */
export const clientModules = {
  npm: npmModule,
  pnpm: pnpmModule,
  yarn: yarnModule,
  'yarn-berry': yarnBerryModule,
  bun: bunModule,
} satisfies Record<ClientName, ClientModule>;
