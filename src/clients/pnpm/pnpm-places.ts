import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import { pathsOf } from '../world-paths.ts';
import type { PnpmRules } from './pnpm-rules.ts';

/** The first of these variables that is set, the empty text counting as unset (pnpm reads just the two spellings). */
export function variableOf(
  world: ClientWorld,
  ...names: readonly string[]
): { name: string; value: string } | null {
  const name = names.find(
    (candidate) => Object.hasOwn(world.env, candidate) && world.env[candidate] !== undefined,
  );
  const value = name === undefined ? undefined : world.env[name];
  return name === undefined || !value ? null : { name, value };
}

/**
 * The folder with the nearest pnpm-workspace.yaml, which a variable may name; `null` when there is none
 * (@pnpm/find-workspace-dir). A workspace that the caller knows of counts where its files can't be looked at.
 */
export function workspaceFolder(world: ClientWorld): string | null {
  const paths = pathsOf(world);
  const named = variableOf(world, 'NPM_CONFIG_WORKSPACE_DIR', 'npm_config_workspace_dir');
  if (named) return paths.resolve(world.projectDirectory, named.value);
  for (let folder = world.projectDirectory; ; folder = paths.dirname(folder)) {
    if (world.files.read(paths.join(folder, 'pnpm-workspace.yaml')).kind === 'text') return folder;
    if (paths.dirname(folder) === folder) break;
  }
  if (world.workspaceRoot === world.projectDirectory) return null;
  const manifest = world.files.read(paths.join(world.workspaceRoot, 'package.json'));
  return manifest.kind === 'absent' ? world.workspaceRoot : null;
}

/** Where pnpm keeps `rc`, `auth.ini` and `config.yaml` (@pnpm/config dirs; measured: n06-n08). */
export function configFolder(world: ClientWorld): string {
  const paths = pathsOf(world);
  const { XDG_CONFIG_HOME: xdg, LOCALAPPDATA: local } = world.env;
  if (xdg) return paths.join(xdg, 'pnpm');
  if (world.macos) return paths.join(world.home, 'Library/Preferences/pnpm');
  if (world.platform === 'win32' && local) return paths.join(local, 'pnpm/config');
  return paths.join(world.home, '.config/pnpm');
}

/** A path as a setting names it: `~/` is the home folder, others count from the project's folder. */
export function namedPath(world: ClientWorld, written: string): string {
  const paths = pathsOf(world);
  const fromHome = /^~[/\\]/.test(written);
  return fromHome ? paths.join(world.home, written.slice(2)) : paths.resolve(world.projectDirectory, written);
}

/** The user-level rc file, and who names it. `inYaml` is `npmrcAuthFile` of the global `config.yaml`. */
export function userFileOf(
  world: ClientWorld,
  rules: PnpmRules,
  inYaml: { path: string; source: Source } | null = null,
): { path: string; source: Source } {
  const named =
    rules.userFile === 'npm-variables'
      ? npmVariable(world)
      : rules.userFile === 'no-variable'
        ? null
        : pnpmVariable(world);
  const absolute = (written: string) =>
    rules.reader === 'lines'
      ? pathsOf(world).resolve(world.projectDirectory, written)
      : namedPath(world, written);
  if (named) return { path: absolute(named.value), source: { kind: 'env', name: named.name } };
  if (inYaml) return { path: absolute(inYaml.path), source: inYaml.source };
  const late =
    rules.userFile !== 'pnpm-variables'
      ? null
      : variableOf(world, 'npm_config_userconfig', 'NPM_CONFIG_USERCONFIG');
  if (late) return { path: absolute(late.value), source: { kind: 'env', name: late.name } };
  return {
    path: pathsOf(world).join(world.home, '.npmrc'),
    source: { kind: 'default', why: 'pnpm reads .npmrc in the home folder' },
  };
}

/** Up to pnpm 10: npm's variable, in any case; the last one counts. */
function npmVariable(world: ClientWorld): { name: string; value: string } | null {
  const found = Object.entries(world.env).findLast(
    ([name, value]) => value && /^npm_config_userconfig$/i.test(name),
  );
  return found?.[1] ? { name: found[0], value: found[1].trim() } : null;
}

/** From pnpm 11 on, in this order (measured: n05b, n05c; @pnpm/config.reader). */
function pnpmVariable(world: ClientWorld): { name: string; value: string } | null {
  return (
    variableOf(world, 'pnpm_config_npmrc_auth_file', 'PNPM_CONFIG_NPMRC_AUTH_FILE') ??
    variableOf(world, 'pnpm_config_userconfig', 'PNPM_CONFIG_USERCONFIG')
  );
}
