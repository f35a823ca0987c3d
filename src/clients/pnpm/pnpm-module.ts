import type { ClientModule } from '../client-module.ts';
import { planPnpm, pnpmUserConfigPath } from './pnpm-plan.ts';
import { resolvePnpm } from './pnpm-resolve.ts';

/** pnpm 8 to 12. */
export const pnpmModule: ClientModule = {
  name: 'pnpm',
  strictest: '12.21.0',
  versions: ['8.15.9', '9.15.9', '10.34.9', '11.28.11', '12.21.0'],
  resolve: resolvePnpm,
  userConfigPath: pnpmUserConfigPath,
  planConfig: planPnpm,
};
