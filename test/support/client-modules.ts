import { bunModule } from '../../src/clients/bun/bun-module.ts';
import type { ClientModule } from '../../src/clients/client-modules.ts';
import { npmModule } from '../../src/clients/npm/npm-module.ts';
import { pnpmModule } from '../../src/clients/pnpm/pnpm-module.ts';
import { yarnModule } from '../../src/clients/yarn/yarn-module.ts';
import { yarnBerryModule } from '../../src/clients/yarn-berry/yarn-berry-module.ts';
import type { ClientName } from '../../src/domain/client.ts';

/** All package managers at once, as a run of the program never has them. */
export const clientModules = {
  npm: npmModule,
  pnpm: pnpmModule,
  yarn: yarnModule,
  'yarn-berry': yarnBerryModule,
  bun: bunModule,
} satisfies Record<ClientName, ClientModule>;
