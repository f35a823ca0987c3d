import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { lookedAt } from '../looked-at.ts';
import type { ReadNpmrc } from '../npmrc/config-problems.ts';
import { type ExpectedFile, fileAbove, namedUserFiles, ofUser, passedOver } from '../npmrc/passed-over.ts';
import { readNpmrc } from '../npmrc/read-npmrc.ts';
import type { Variables } from '../npmrc/references.ts';
import { pathsOf, shownPath } from '../world-paths.ts';
import { type PnpmLayer, rcLayer } from './pnpm-entries.ts';
import { configFolder, namedPath, userFileOf, workspaceFolder } from './pnpm-places.ts';
import { readLines } from './pnpm-read-lines.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import { type PnpmYaml, readPnpmYaml } from './pnpm-yaml.ts';

/** The files of a project as pnpm takes them. `layers` are those of rc files, strongest first. */
export interface PnpmFiles {
  layers: readonly PnpmLayer[];
  /** Which layer is the user file's (`tokenHelper` counts only there), `null` when there is none. */
  user: PnpmLayer | null;
  /** Layers of files below the project, which are not to be trusted. */
  untrusted: readonly PnpmLayer[];
  files: readonly ClientFile[];
  read: readonly ReadNpmrc[];
  /** pnpm-workspace.yaml; `null` when pnpm looks for none. */
  workspace: PnpmYaml | null;
  /** The global `config.yaml` of pnpm 11 and later. */
  global: PnpmYaml | null;
}

/**
 * The files that pnpm looks at, in the order of their strength, and those it passes over (measured: p01-p05, n05-n08, w01-w06;
 * @pnpm/config, @pnpm/config.reader, pnpm/crates/config).
 */
export function pnpmFiles(
  world: ClientWorld,
  rules: PnpmRules,
  variables: Variables,
  environmentGlobal: string | null,
): PnpmFiles {
  const paths = pathsOf(world);
  const folder = configFolder(world);
  const newer = rules.userFile !== 'npm-variables';
  const workspaceRoot = workspaceFolder(world);
  const files: ClientFile[] = [];
  const read: ReadNpmrc[] = [];
  const seen = new Set<string>();

  const load = (
    path: string,
    role: ReadNpmrc['role'] & ClientFile['role'],
    trusted: boolean,
  ): PnpmLayer | null => {
    if (seen.has(path)) return null;
    seen.add(path);
    const file = world.files.read(path);
    if (file.kind !== 'text') {
      files.push(lookedAt({ path, role }, file));
      return null;
    }
    const reading = rules.reader === 'lines' ? readLines(file.text, rules) : readNpmrc(file.text);
    const layer = rcLayer(reading, role, shownPath(world, path), trusted, rules, variables);
    const why =
      layer.dropped &&
      `this version of pnpm drops the whole file, because ${layer.dropped.reference.shown} in line ${lineOf(layer)} has no value`;
    files.push(why ? { path, role, state: 'not-read-by-client', why } : { path, role, state: 'read' });
    read.push({ path, shown: shownPath(world, path), role, reading });
    return layer;
  };

  const workspace =
    workspaceRoot === null
      ? null
      : readPnpmYaml(world, paths.join(workspaceRoot, 'pnpm-workspace.yaml'), 'project');
  const global = newer ? readPnpmYaml(world, paths.join(folder, 'config.yaml'), 'global') : null;
  const inYaml = global?.get('npmrcAuthFile');
  const named =
    typeof inYaml === 'string' && global ? { path: inYaml, source: global.source('npmrcAuthFile') } : null;

  const ownFile = paths.join(world.projectDirectory, '.npmrc');
  const rootFile = paths.join(workspaceRoot ?? world.projectDirectory, '.npmrc');
  let userPath = userFileOf(world, rules, named).path;
  const own = newer
    ? load(rootFile, 'project', rootFile === userPath)
    : ownFile === userPath
      ? null
      : load(ownFile, 'project', false);
  const root = newer || rootFile === userPath ? null : load(rootFile, 'project', false);
  if (workspace && rules.workspaceFile === 'settings') files.push(workspace.file);
  if (rules.projectNamesUserFile && !newer && userFileOf(world, rules).source.kind === 'default') {
    const moved = [own, root]
      .flatMap((layer) => layer?.counting ?? [])
      .find(({ key }) => key === 'userconfig');
    if (moved?.value) userPath = namedPath(world, moved.value);
  }
  const authIni = newer ? load(paths.join(folder, 'auth.ini'), 'user', true) : null;
  const user = load(userPath, 'user', true) ?? (newer && userPath === rootFile ? own : null);
  const globalPath = environmentGlobal ?? world.globalConfig;
  const npmGlobal = newer || globalPath === null ? null : load(globalPath, 'global', true);
  const rc = newer ? null : load(paths.join(folder, 'rc'), 'global', true);
  if (global) files.push(global.file);
  const layers = [own, root, authIni, user === own ? null : user, npmGlobal, rc].filter(
    (layer) => layer !== null,
  );
  return {
    layers,
    user,
    untrusted: [own, root].filter((layer) => layer !== null && layer !== user) as PnpmLayer[],
    files: [...files, ...passedFiles(world, rules, { seen, userPath, folder, environmentGlobal })],
    read,
    workspace,
    global,
  };
}

function lineOf({ dropped }: PnpmLayer): number | string {
  const source = dropped?.entry.source;
  return source?.kind === 'file' ? source.line : '?';
}

/** Files that a person may expect pnpm to read, where they exist. */
function passedFiles(
  world: ClientWorld,
  rules: PnpmRules,
  at: {
    seen: ReadonlySet<string>;
    userPath: string;
    folder: string;
    environmentGlobal: string | null;
  },
): readonly ClientFile[] {
  const paths = pathsOf(world);
  const known = [...at.seen].map((path) => ({ path }));
  const passed = passedOver(world, known, expectedFiles(world, rules, at));
  const above = fileAbove(
    world,
    [...known, ...passed],
    "pnpm reads the .npmrc beside the package.json that it installs and that of the workspace's root, and none of other folders above",
  );
  const why = `pnpm takes ${at.userPath} for the file of the user`;
  const users = [
    paths.join(world.home, '.npmrc'),
    ...namedUserFiles(world).map((path) => namedPath(world, path)),
  ].map((path) => ofUser(world, path, why));
  return [...passed, ...above, ...passedOver(world, [...known, ...passed], users)];
}

function expectedFiles(
  world: ClientWorld,
  rules: PnpmRules,
  { folder: ofSettings, environmentGlobal }: { folder: string; environmentGlobal: string | null },
): readonly ExpectedFile[] {
  const paths = pathsOf(world);
  const newer = rules.userFile !== 'npm-variables';
  const ofFolders = [world.projectDirectory, ...(world.workspaceFolders ?? [])].map(
    (folder): ExpectedFile => {
      const why = newer
        ? "this version of pnpm reads only the .npmrc of the workspace's root"
        : 'pnpm reads the .npmrc of a folder of the workspace only when it runs there';
      return { path: paths.join(folder, '.npmrc'), role: 'project', why };
    },
  );
  const place = (role: ExpectedFile['role'], path: string, why: string): ExpectedFile => ({
    path,
    role,
    why,
  });
  if (!newer) {
    const later = (name: string) => `pnpm reads ${name} only from version 11 on`;
    return [
      ...ofFolders,
      place('user', paths.join(ofSettings, 'auth.ini'), later('auth.ini')),
      place('global', paths.join(ofSettings, 'config.yaml'), later('config.yaml')),
    ];
  }
  return [
    ...ofFolders,
    place('global', paths.join(ofSettings, 'rc'), 'pnpm 11 and later read no file rc'),
    ...(environmentGlobal === null
      ? []
      : [place('global', environmentGlobal, "pnpm 11 and later read no global file of npm's")]),
  ];
}
