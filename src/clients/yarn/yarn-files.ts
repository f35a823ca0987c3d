import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import { type ExpectedFile, ofUser, passedOver } from '../npmrc/passed-over.ts';
import { foldersUpward, pathsOf } from '../world-paths.ts';

/** A place where Yarn 1 looks for a file. */
export interface YarnPlace {
  path: string;
  role: 'project' | 'user' | 'global';
}

/**
 * The places of `.npmrc` or `.yarnrc` in the order of their strength, each once: the project's folder, the user's file, that of the
 * installation prefix, and the folders above the project, nearest first, without the root. `userFile` is what a variable names. For root the
 * user's folder is another one, and the home comes behind the prefix. (Measured: p01-p05, w01-w05; Yarn 1.22 getPossibleConfigLocations.)
 */
export function yarnPlaces(
  world: ClientWorld,
  name: 'npmrc' | 'yarnrc',
  userFile: string | null,
): YarnPlace[] {
  const paths = pathsOf(world);
  const own = `.${name}`;
  const user = world.rootUser ? '/usr/local/share' : world.home;
  const etc = globalFolder(world);
  const places: YarnPlace[] = [
    { path: paths.join(world.projectDirectory, own), role: 'project' },
    {
      path: userFile === null ? paths.join(user, own) : paths.resolve(world.projectDirectory, userFile),
      role: 'user',
    },
    ...(etc === null ? [] : [{ path: paths.join(etc, name), role: 'global' } as const]),
    ...(world.rootUser ? [{ path: paths.join(world.home, own), role: 'user' } as const] : []),
    ...foldersUpward(world)
      .slice(0, -1)
      .map((folder) => ({ path: paths.join(folder, own), role: 'project' }) as const),
  ];
  const seen = new Set<string>();
  return places.filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** The user-level `.npmrc` that Yarn 1 reads, and who says so: a variable, or the home (which root's Yarn reads too; measured: p04). */
export function yarnUserConfigPath(world: ClientWorld): { path: string; source: Source } {
  const paths = pathsOf(world);
  for (const prefix of ['npm_config_', 'yarn_']) {
    const named = Object.entries(world.env).findLast(
      ([name]) => name.toLowerCase() === `${prefix}userconfig`,
    );
    if (!named?.[1]) continue;
    const path = paths.resolve(world.projectDirectory, named[1]);
    return { path, source: { kind: 'env', name: named[0] } };
  }
  return {
    path: paths.join(world.home, '.npmrc'),
    source: { kind: 'default', why: 'Yarn 1 reads .npmrc in the home folder' },
  };
}

/**
 * Files that a person may expect to be read and Yarn 1 passes over: settings of Yarn 2+, `.npmrc` of workspace folders, and what
 * `NPM_CONFIG_GLOBALCONFIG` names (measured: p05, w03).
 */
export function yarnPassesOver(world: ClientWorld, read: readonly YarnPlace[]): readonly ClientFile[] {
  const paths = pathsOf(world);
  const expected: readonly ExpectedFile[] = [
    ...[world.projectDirectory, world.workspaceRoot, world.home].map((folder) => ({
      path: paths.join(folder, '.yarnrc.yml'),
      role: 'project' as const,
      why: 'Yarn 1 reads .npmrc and .yarnrc, the settings of .yarnrc.yml are for Yarn 2 and later',
      counts: (text: string) => /^npm(?:Scopes|Registr|Auth|AlwaysAuth)/m.test(text),
    })),
    ...(world.workspaceFolders ?? []).map((folder) => ({
      path: paths.join(folder, '.npmrc'),
      role: 'project' as const,
      why: 'Yarn 1 reads the .npmrc of the folder it runs in and of the folders above it',
    })),
    ...Object.entries(world.env).flatMap(([name, value]): ExpectedFile[] => {
      if (!value || name.toLowerCase() !== 'npm_config_globalconfig') return [];
      const path = paths.resolve(world.projectDirectory, value);
      return [{ path, role: 'global', why: `Yarn 1 does not look at ${name}` }];
    }),
  ];
  const passed = passedOver(world, read, expected);
  const home = paths.join(world.home, '.npmrc');
  const other = `Yarn 1 takes ${yarnUserConfigPath(world).path} for the file of the user`;
  return [...passed, ...passedOver(world, [...read, ...passed], [ofUser(world, home, other)])];
}

/** `etc` of the installation prefix, `null` when it is not known. */
function globalFolder(world: ClientWorld): string | null {
  const paths = pathsOf(world);
  if (world.env.PREFIX) return paths.join(world.env.PREFIX, 'etc');
  return world.globalConfig === null ? null : paths.dirname(world.globalConfig);
}
