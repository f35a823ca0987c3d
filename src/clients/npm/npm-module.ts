import type { ClientModule } from '../client-module.ts';
import { userConfigPath } from './npm-files.ts';
import { planNpm } from './plan-npm.ts';
import { resolveNpm } from './resolve-npm.ts';

/** npm 6 to 12. */
export const npmModule: ClientModule = {
  name: 'npm',
  strictest: '12.2.0',
  versions: ['6.14.18', '7.24.2', '8.19.4', '9.9.4', '10.9.9', '11.21.2'],
  resolve: resolveNpm,
  userConfigPath,
  planConfig: planNpm,
};
