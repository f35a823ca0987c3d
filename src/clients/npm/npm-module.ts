import type { ClientModule } from '../client-module.ts';
import { userConfigPath } from './npm-files.ts';
import { planNpmrc, unplanNpmrc } from './plan-npmrc.ts';
import { resolveNpm } from './resolve-npm.ts';

/** npm 6 to 12. */
export const npmModule: ClientModule = {
  name: 'npm',
  resolve: resolveNpm,
  userConfigPath,
  planConfig: ({ before, scopes, client }) => planNpmrc({ before, scopes, version: client.version }),
  unplanConfig: unplanNpmrc,
};
