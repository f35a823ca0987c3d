import type { ClientModule } from '../client-module.ts';
import { yarnUserConfigPath } from './yarn-files.ts';
import { planYarn } from './yarn-plan.ts';
import { resolveYarn } from './yarn-resolve.ts';

/** Yarn 1, from 1.10 on. */
export const yarnModule: ClientModule = {
  name: 'yarn',
  strictest: '1.22.22',
  versions: ['1.10.1', '1.12.3', '1.15.2', '1.17.3', '1.19.2', '1.22.19', '1.22.22'],
  resolve: resolveYarn,
  userConfigPath: yarnUserConfigPath,
  planConfig: planYarn,
};
