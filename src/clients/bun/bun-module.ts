import type { ClientModule } from '../client-module.ts';
import { bunEnvironment } from './bun-environment.ts';
import { userNpmrc } from './bun-files.ts';
import { planBun } from './bun-plan.ts';
import { resolveBun } from './bun-resolve.ts';
import { bunRules } from './bun-rules.ts';

/** Bun 1.x. */
export const bunModule: ClientModule = {
  name: 'bun',
  strictest: '1.4.5',
  versions: ['1.1.17', '1.1.28', '1.1.45', '1.2.23', '1.3.14', '1.4.3', '1.4.5'],
  resolve: resolveBun,
  userConfigPath: (world, client) =>
    userNpmrc(world, bunRules(client.version), bunEnvironment(world, true).variable),
  planConfig: planBun,
};
