import type { ClientFile, ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import { fileAbove } from '../npmrc/file-above.ts';
import { heldSettings } from '../npmrc/held-settings.ts';
import { namedUserFiles } from '../npmrc/passed-over-user-files.ts';
import { printableText } from '../npmrc/printable-line.ts';
import { isBelow, pathsOf, shownPath } from '../world-paths.ts';
import { rcFileName } from './berry-environment.ts';
import { type BerryRules, berryRules } from './berry-rules.ts';
import type { RcFile, RcMap } from './berry-value.ts';
import { longestRcText, type RcReading, readRcYaml } from './berry-yaml.ts';

/** A file with what Yarn reads in it; `text` is its text. */
export interface ReadRc {
  file: RcFile;
  text: string;
  reading: RcReading;
}

export interface BerryFiles {
  /** Those that are read, weakest first: the home folder's (unless it is one of the others), then from the outermost folder inward. */
  read: readonly ReadRc[];
  /** Their settings, weakest first. */
  roots: readonly RcMap[];
  files: readonly ClientFile[];
  /** Yarn ends at a file that is no YAML. */
  stop: ClientStop | null;
}

/**
 * The files of settings of Yarn 2+: one in the folder it runs in, in each folder above, and in the home folder; and those that it passes over:
 * `.npmrc`, Yarn 1's `.yarnrc`, files of workspaces below (measured: y01, y12, y24; `yarn config get` with `YARN_RC_FILENAME`).
 */
export function berryFiles(world: ClientWorld, rules: BerryRules): BerryFiles {
  const paths = pathsOf(world);
  const { name } = rcFileName(world);
  const home = paths.normalize(userFile(world, rules).path);
  const files: ClientFile[] = [];
  const read: ReadRc[] = [];
  const load = (path: string, layer: RcFile['layer']) => {
    const found = world.files.read(path);
    const role = layer === 'user' ? 'user' : 'project';
    if (found.kind !== 'text') {
      const listed =
        found.kind !== 'absent' || path === home || paths.dirname(path) === world.projectDirectory;
      if (!listed) return;
      files.push(
        found.kind === 'unreadable'
          ? { path, role, state: 'unreadable', why: found.why }
          : { path, role, state: found.kind },
      );
      return;
    }
    if (found.text.length > longestRcText) {
      files.push({ path, role, state: 'unreadable', why: 'it is larger than 4 MB' });
      return;
    }
    const folder = paths.dirname(path);
    const file: RcFile = {
      path,
      folder,
      shown: shownPath(world, path),
      layer,
      home: folder === paths.normalize(world.home),
    };
    files.push({ path, role, state: 'read' });
    read.unshift({ file, text: found.text, reading: readRcYaml(found.text, file, !rules.refusesTwins) });
  };
  let homeSeen = false;
  for (const folder of foldersUpward(world)) {
    const path = paths.join(folder, name);
    if (path === home) homeSeen = true;
    load(path, path === home ? 'user' : 'project');
  }
  if (!homeSeen) load(home, 'user');
  return {
    read,
    roots: read.flatMap(({ reading }) => (reading.kind === 'read' ? [reading.root] : [])),
    files: [...files, ...passedOver(world, new Set(files.map(({ path }) => path)))],
    stop: stopOf(read, rules),
  };
}

/** The user-level file that Yarn reads, and who names it (measured: `yarn config get` with `YARN_RC_FILENAME` on 3.8.7 and 4.0.2). */
export function userFile(world: ClientWorld, rules: BerryRules): { path: string; source: Source } {
  const { name, variable } = rcFileName(world);
  const named = rules.homeFile === 'rc-filename' && variable !== null;
  const path = pathsOf(world).join(world.home, named ? name : '.yarnrc.yml');
  return {
    path,
    source: named
      ? { kind: 'env', name: variable }
      : { kind: 'default', why: 'Yarn reads .yarnrc.yml in the home folder' },
  };
}

/** The same for a version of Yarn. */
export function userConfigPath(world: ClientWorld, { version }: { version: string }) {
  return userFile(world, berryRules(version));
}

/** The folder that Yarn runs in and those above it, innermost first. */
function foldersUpward(world: ClientWorld): readonly string[] {
  const paths = pathsOf(world);
  const folders: string[] = [];
  let folder = paths.normalize(world.projectDirectory);
  for (;;) {
    folders.push(folder);
    const above = paths.dirname(folder);
    if (above === folder) return folders;
    folder = above;
  }
}

function stopOf(read: readonly ReadRc[], rules: BerryRules): ClientStop | null {
  for (const { file, reading } of [...read].reverse()) {
    const { shown: path } = file;
    if (reading.kind === 'faulty') {
      const { line, column, why } = reading;
      const message = file.home
        ? printableText(why)
        : `Parse error when loading ${path}; please check it's proper Yaml`;
      const code = file.home ? 'YAMLException' : 'Usage Error';
      return { code, message, source: { kind: 'file', path, line, column } };
    }
    if (reading.endless && rules.merge === 'deep') {
      return {
        code: 'Range Error',
        message: 'Maximum call stack size exceeded',
        source: { kind: 'file', path, line: 1 },
      };
    }
  }
  return null;
}

/** Files that a person would expect Yarn to read, with what they would be read for. */
function passedOver(world: ClientWorld, looked: ReadonlySet<string>): ClientFile[] {
  const paths = pathsOf(world);
  const { name } = rcFileName(world);
  const roots = [...new Set([world.projectDirectory, world.workspaceRoot])];
  const npmrc = 'Yarn 2 and later read no .npmrc, only .yarnrc.yml';
  const ofYarn1 = 'only Yarn 1 reads .yarnrc, later ones read .yarnrc.yml';
  const ofWorkspace = 'Yarn reads the file of a workspace only when it runs in its folder';
  const expected: readonly (readonly [path: string, why: string, says: RegExp | null])[] = [
    ...[...roots, world.home].map((folder) => [paths.join(folder, '.npmrc'), npmrc, null] as const),
    ...namedUserFiles(world).map(
      ({ path }) => [paths.resolve(world.projectDirectory, path), npmrc, null] as const,
    ),
    ...roots.flatMap((folder) => [
      [paths.join(folder, '.yarnrc'), ofYarn1, /registry/] as const,
      [paths.join(folder, '.yarnrc.yaml'), 'the file must be called .yarnrc.yml', /npm/] as const,
      [paths.join(folder, '.yarnrc.yml'), `YARN_RC_FILENAME names ${name} instead`, /npm/] as const,
    ]),
    ...(world.workspaceFolders ?? [])
      .filter((folder) => isBelow(world, folder, world.projectDirectory))
      .map((folder) => [paths.join(folder, name), ofWorkspace, /\S/] as const),
  ];
  const seen = new Set(looked);
  const here = expected.flatMap(([path, why, says]): ClientFile[] => {
    if (seen.has(path) || (path.endsWith('.yarnrc.yml') && why !== ofWorkspace && name === '.yarnrc.yml'))
      return [];
    seen.add(path);
    const file = world.files.read(path);
    if (file.kind !== 'text') return [];
    const matters = says === null ? heldSettings(world, { path }).keys.length > 0 : says.test(file.text);
    const role = paths.dirname(path) === world.home && !roots.includes(world.home) ? 'user' : 'project';
    return matters ? [{ path, role, state: 'not-read-by-client', why: printableText(why) }] : [];
  });
  const above = fileAbove(world, seen, npmrc).filter((file) => heldSettings(world, file).keys.length > 0);
  return [...here, ...above];
}
