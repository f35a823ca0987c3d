import type { ConfigPlan, PlannedConfig } from '../client-module.ts';
import type { NpmrcScope } from '../npmrc/plan-npmrc.ts';
import { planNpmrcFile } from '../npmrc/plan-npmrc-file.ts';
import { userConfigPath } from './npm-files.ts';
import { npmRules } from './npm-rules.ts';

/** One `.npmrc` for npm 6 to 12: what every client of that file takes, and `allow-remote=all` where this npm needs it. */
export function planNpm(plan: ConfigPlan): PlannedConfig {
  return planNpmrcFile(plan, {
    userFile: userConfigPath(plan.world),
    variables: ['NPM_CONFIG_USERCONFIG'],
    more: (scopes) => remoteLines(scopes, plan.client.version),
  });
}

/** npm 12 refuses GitLab's tarballs without it at the instance and group prefixes (measured: x01, x02, x05). */
function remoteLines(scopes: readonly NpmrcScope[], version: string): readonly string[] {
  const tarballsElsewhere = scopes.some(({ prefix }) => prefix !== null && prefix.kind !== 'project');
  return tarballsElsewhere && npmRules(version).remoteDefault === 'none' ? ['allow-remote=all'] : [];
}
