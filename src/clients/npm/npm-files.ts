import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import { lookedAt } from '../looked-at.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import type { ReadNpmrc } from '../npmrc/config-problems.ts';
import { type ExpectedFile, fileAbove, ofUser, passedOver } from '../npmrc/passed-over.ts';
import { type NpmrcReading, readNpmrc } from '../npmrc/read-npmrc.ts';
import { pathsOf, shownPath } from '../world-paths.ts';
import type { NpmRules } from './npm-rules.ts';

type FileRole = 'project' | 'user' | 'global';

export interface NpmFiles {
  /** Entries of each file that is read, strongest file first. */
  layers: readonly (readonly ConfigEntry[])[];
  files: readonly ClientFile[];
  read: readonly ReadNpmrc[];
}

/**
 * The files npm reads, in the order of their strength: project, user (`userconfig`, else `~/.npmrc`), global
 * (`globalconfig`, else `<prefix>/etc/npmrc`); and those it passes over. The environment may move user and global file, the
 * project file the user file, both the global one (measured: p04, p05, w01-w06; @npmcli/config).
 */
export function npmFiles(
  world: ClientWorld,
  rules: NpmRules,
  environment: readonly ConfigEntry[],
  entriesOf: (reading: NpmrcReading, role: FileRole, shown: string) => ConfigEntry[],
): NpmFiles {
  const paths = pathsOf(world);
  const files: ClientFile[] = [];
  const read: ReadNpmrc[] = [];
  const load = (path: string, role: FileRole): ConfigEntry[] => {
    const file = world.files.read(path);
    files.push(lookedAt({ path, role }, file));
    if (file.kind !== 'text') return [];
    const reading = readNpmrc(file.text);
    const shown = shownPath(world, path);
    read.push({ path, shown, role, reading });
    return entriesOf(reading, role, shown);
  };
  const pathSetting = (key: string, layers: readonly (readonly ConfigEntry[])[]): string | null => {
    const value = layers
      .map((layer) => layer.findLast((entry) => entry.key === key)?.value)
      .find((found) => found !== undefined);
    return value ? resolvePath(world, value) : null;
  };

  const projectPath = paths.join(
    rules.projectFile === 'workspace-root' ? world.workspaceRoot : world.projectDirectory,
    '.npmrc',
  );
  const homeFile = paths.join(world.home, '.npmrc');
  const userFromEnvironment = pathSetting('userconfig', [environment]) ?? homeFile;
  const sameAsUser =
    projectPath === userFromEnvironment || (rules.skipsHomeAsProject && projectPath === homeFile);
  const project = sameAsUser ? [] : load(projectPath, 'project');
  if (sameAsUser && projectPath !== userFromEnvironment) {
    files.push({
      path: projectPath,
      role: 'project',
      state: 'not-read-by-client',
      why: 'it is also the file of the home folder',
    });
  }
  const userPath = pathSetting('userconfig', [environment, project]) ?? homeFile;
  const user = load(userPath, 'user');
  const globalPath =
    pathSetting('globalconfig', [environment, project, user]) ??
    prefixConfig(world, pathSetting('prefix', [environment, project, user])) ??
    world.globalConfig;
  const global = globalPath === null ? [] : load(globalPath, 'global');
  const other = `npm takes ${userPath} for the file of the user`;
  const passed = [
    ...passedOver(world, [], expectedFiles(world, rules)),
    ...fileAbove(
      world,
      files,
      'npm reads the .npmrc beside the package.json that it installs, and none of the folders above',
    ),
    ...passedOver(world, files, [ofUser(world, homeFile, other)]),
  ];
  return { layers: [project, user, global], files: [...files, ...passed], read };
}

/** The user-level file npm would read, and who says so: the variable in the environment, or npm's default. */
export function userConfigPath(world: ClientWorld): { path: string; source: Source } {
  const paths = pathsOf(world);
  const named = Object.entries(world.env).findLast(
    ([name, value]) => value && /^npm_config_userconfig$/i.test(name),
  );
  if (named?.[1])
    return { path: resolvePath(world, named[1].trim()), source: { kind: 'env', name: named[0] } };
  return {
    path: paths.join(world.home, '.npmrc'),
    source: { kind: 'default', why: 'npm reads .npmrc in the home folder' },
  };
}

/** A path as a setting names it: `~/` is the home folder, others count from the project's folder. */
export function resolvePath(world: ClientWorld, written: string): string {
  const paths = pathsOf(world);
  const home = world.platform === 'win32' ? /^~[/\\]/ : /^~\//;
  return home.test(written)
    ? paths.resolve(world.home, written.slice(2))
    : paths.resolve(world.projectDirectory, written);
}

function prefixConfig(world: ClientWorld, prefix: string | null): string | null {
  const paths = pathsOf(world);
  return prefix === null ? null : paths.join(prefix, 'etc', 'npmrc');
}

/** `.npmrc` files in workspace folders, or at a root that this version does not look for. */
function expectedFiles(world: ClientWorld, rules: NpmRules): readonly ExpectedFile[] {
  const paths = pathsOf(world);
  const atRoot = rules.projectFile === 'workspace-root';
  const folders = atRoot
    ? [world.projectDirectory, ...(world.workspaceFolders ?? [])].filter(
        (path) => path !== world.workspaceRoot,
      )
    : [world.workspaceRoot].filter((path) => path !== world.projectDirectory);
  const why = atRoot
    ? "npm reads only the workspace root's .npmrc"
    : 'this version of npm reads only the .npmrc of the folder it runs in';
  return folders.map((folder) => ({ path: paths.join(folder, '.npmrc'), role: 'project', why }));
}
