import type { ConfigPlan, PlannedConfig } from '../client-module.ts';
import { planNpmrcFile } from '../npmrc/plan-npmrc-file.ts';
import { yarnUserConfigPath } from './yarn-files.ts';
import { yarnLines } from './yarn-writing.ts';

/** One `.npmrc` for Yarn 1: what every client of that file takes, and `custom-host-suffix` and `always-auth` where it needs them. */
export function planYarn(plan: ConfigPlan): PlannedConfig {
  return planNpmrcFile(plan, {
    userFile: yarnUserConfigPath(plan.world),
    variables: ['NPM_CONFIG_USERCONFIG'],
    more: yarnLines,
  });
}
