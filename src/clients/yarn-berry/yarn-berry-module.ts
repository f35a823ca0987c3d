import type { ClientModule } from '../client-module.ts';
import { userConfigPath } from './berry-files.ts';
import { planBerry } from './plan-berry.ts';
import { resolveBerry } from './resolve-berry.ts';

/** Yarn 2 to 4. */
export const yarnBerryModule: ClientModule = {
  name: 'yarn-berry',
  strictest: '4.18.1',
  versions: [
    '3.0.2',
    '3.2.4',
    '3.5.1',
    '3.6.4',
    '3.8.7',
    '4.0.2',
    '4.5.3',
    '4.9.4',
    '4.10.1',
    '4.11.0',
    '4.12.0',
    '4.13.0',
    '4.14.1',
    '4.15.0',
    '4.16.0',
    '4.17.1',
  ],
  resolve: resolveBerry,
  userConfigPath,
  planConfig: planBerry,
};
