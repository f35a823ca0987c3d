import type { ClientId } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import type { ConfigPlan, PlannedConfig, PlannedFile } from '../client-module.ts';
import { withoutBlocks } from '../marked-block.ts';
import { type NpmrcPlan, planNpmrc } from '../npmrc/plan-npmrc.ts';
import { planNpmrcFile } from '../npmrc/plan-npmrc-file.ts';
import { readNpmrc } from '../npmrc/read-npmrc.ts';
import { variablesOf } from '../npmrc/references.ts';
import { pathsOf } from '../world-paths.ts';
import { rcLayer } from './pnpm-entries.ts';
import { configFolder, userFileOf, workspaceFolder } from './pnpm-places.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import { pnpmRules } from './pnpm-version-rules.ts';
import { readPnpmYaml } from './pnpm-yaml.ts';

/** The user-level rc file that pnpm reads, and who names it. */
export function pnpmUserConfigPath(world: ClientWorld, client: ClientId): { path: string; source: Source } {
  return userFile(world, pnpmRules(client.version));
}

/**
 * The `.npmrc` lines that pnpm 8 to 12 takes (measured: f01-f17). Where this version replaces no references in a project's file, that file gets
 * the registries and the user's the credentials (measured: p02, n11). Up to pnpm 10 one reference without a value drops a whole file
 * (measured: u01): the lines then go into another of the user's files, pnpm's own `rc` (measured: n08).
 */
export function planPnpm(plan: ConfigPlan): PlannedConfig {
  const { world, client, where } = plan;
  const rules = pnpmRules(client.version);
  const user = userFile(world, rules);
  const project = projectFile(world, rules);
  const asUser = () =>
    isDropped(world, user.path, rules) ? inOwnFile(plan) : planNpmrcFile(plan, clientOf(user));
  if (where === 'user') return asUser();
  if (isDropped(world, project, rules)) {
    const planned = planPnpm({ ...plan, where: 'user' });
    return planned.files.some(({ path }) => path === project) ? inOwnFile(plan) : planned;
  }
  const trusted = rules.projectReferences === 'replaced' || project === user.path;
  if (trusted) return { files: [written(plan, project, 'all')], exports: {} };
  const credentials = credentialsOf(plan, user);
  return {
    files: [written(plan, project, 'registries'), ...credentials.files],
    exports: credentials.exports,
  };
}

function clientOf(user: { path: string; source: Source }) {
  return { userFile: user, variables: ['NPM_CONFIG_USERCONFIG'] };
}

/** The credentials in the user's file, or in one of the job's folder that takes its place. Nothing where no scope has any. */
function credentialsOf(plan: ConfigPlan, user: { path: string; source: Source }): PlannedConfig {
  const planned = planNpmrcFile({ ...plan, where: 'user' }, clientOf(user));
  const files = planned.files.map(({ path, before, after }): PlannedFile => {
    const text = planNpmrc({ before: withoutBlocks(after), scopes: plan.scopes, parts: 'credentials' });
    return { path, before, after: text };
  });
  const changed = files.filter(({ before, after }) => after !== (before ?? ''));
  return changed.length === 0 ? { files: [], exports: {} } : { files: changed, exports: planned.exports };
}

function inOwnFile(plan: ConfigPlan): PlannedConfig {
  const path = pathsOf(plan.world).join(configFolder(plan.world), 'rc');
  return { files: [written(plan, path, 'all')], exports: {} };
}

function written(
  { world, scopes }: ConfigPlan,
  path: string,
  parts: NonNullable<NpmrcPlan['parts']>,
): PlannedFile {
  const before = textOf(world, path);
  return { path, before, after: planNpmrc({ before, scopes, parts }) };
}

function userFile(world: ClientWorld, rules: PnpmRules): { path: string; source: Source } {
  if (rules.userFile === 'npm-variables') return userFileOf(world, rules);
  const global = readPnpmYaml(world, pathsOf(world).join(configFolder(world), 'config.yaml'), 'global');
  const named = global.get('npmrcAuthFile');
  const inYaml = typeof named === 'string' ? { path: named, source: global.source('npmrcAuthFile') } : null;
  return userFileOf(world, rules, inYaml);
}

/** From pnpm 11 on only the file of the workspace's root counts (measured: w01-w04). */
function projectFile(world: ClientWorld, rules: PnpmRules): string {
  const root = rules.ownFolderFile ? null : workspaceFolder(world);
  return pathsOf(world).join(root ?? world.projectDirectory, '.npmrc');
}

/** Whether pnpm drops a file for something that stands there beside our lines. */
function isDropped(world: ClientWorld, path: string, rules: PnpmRules): boolean {
  const text = textOf(world, path);
  if (rules.unsetReference !== 'drops-file' || text === null) return false;
  const variables = variablesOf(world.env, world.platform);
  return rcLayer(readNpmrc(withoutBlocks(text)), 'user', path, true, rules, variables).dropped !== null;
}

function textOf(world: ClientWorld, path: string): string | null {
  const reading = world.files.read(path);
  return reading.kind === 'text' ? reading.text : null;
}
