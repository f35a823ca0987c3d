import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import { lookedAt } from '../looked-at.ts';
import { type ExpectedFile, fileAbove, ofUser, passedOver } from '../npmrc/passed-over.ts';
import { type NpmrcReading, readNpmrc } from '../npmrc/read-npmrc.ts';
import type { Variables } from '../npmrc/references.ts';
import { pathsOf, shownPath } from '../world-paths.ts';
import { type BunEnvironment, bunEnvironment } from './bun-environment.ts';
import { namedPath } from './bun-paths.ts';
import type { BunRules } from './bun-rules.ts';
import { type BunfigReading, readBunfig } from './bunfig.ts';

const userConfigNames = ['NPM_CONFIG_USERCONFIG', 'npm_config_userconfig'];

type Role = 'project' | 'user';

interface FilePlace {
  path: string;
  shown: string;
  role: Role;
}

/** The files that Bun reads, the project's before the user's. */
export interface BunFiles {
  bunfigs: readonly (FilePlace & { reading: BunfigReading })[];
  npmrcs: readonly (FilePlace & { reading: NpmrcReading; text: string })[];
  environment: BunEnvironment;
  files: readonly ClientFile[];
}

/**
 * Reads Bun's files in the order of their strength: bunfig.toml of the project (the root of the workspaces), the user's `.bunfig.toml`, then by version
 * `.npmrc` of the project and of the user (run for real: Bun 1.1.17 to 1.4.5; measured: w01-w05, p04, b05-b10).
 */
export function bunFiles(world: ClientWorld, rules: BunRules): BunFiles {
  const paths = pathsOf(world);
  const files: ClientFile[] = [];
  const load = <Reading>(path: string, role: Role, read: (text: string) => Reading) => {
    const file = world.files.read(path);
    files.push(lookedAt({ path, role }, file));
    if (file.kind !== 'text') return [];
    return [{ path, shown: shownPath(world, path), role, reading: read(file.text), text: file.text }];
  };
  const bunfigs = [
    ...load(paths.join(world.workspaceRoot, 'bunfig.toml'), 'project', readBunfig),
    ...load(userBunfig(world), 'user', readBunfig),
  ];
  const switched = bunfigs
    .map(({ reading }) => (reading.kind === 'bunfig' ? reading.bunfig.envFiles : null))
    .find((envFiles) => envFiles !== null);
  const environment = bunEnvironment(world, switched ?? true);
  const project = paths.join(world.workspaceRoot, '.npmrc');
  const user = userNpmrc(world, rules, environment.variable).path;
  const npmrcs = [
    ...(rules.npmrcFiles === 'none' ? [] : load(project, 'project', readLines)),
    ...(rules.npmrcFiles === 'project-and-user' && user !== project ? load(user, 'user', readLines) : []),
  ];
  for (const path of environment.files) files.push({ path, role: 'project', state: 'read' });
  files.push(...passedOver(world, files, expectedFiles(world, rules)));
  files.push(
    ...fileAbove(
      world,
      files,
      'Bun reads the .npmrc beside the package.json that it installs, and none of the folders above',
    ),
  );
  files.push(...passedOver(world, files, unreadUserConfig(world, rules, environment.variable)));
  return { bunfigs, npmrcs, environment, files };
}

/** Bun ends a line at a line feed alone. */
function readLines(text: string): NpmrcReading {
  return readNpmrc(text, 'line-feed');
}

/** The user's bunfig: in the folder that XDG_CONFIG_HOME names, else at home. */
export function userBunfig(world: ClientWorld): string {
  return pathsOf(world).join(world.env.XDG_CONFIG_HOME || world.home, '.bunfig.toml');
}

/** The user's `.npmrc` and who names it: a variable, the folder of XDG_CONFIG_HOME, or the home folder. */
export function userNpmrc(
  world: ClientWorld,
  rules: BunRules,
  variable: Variables,
): { path: string; source: Source } {
  const paths = pathsOf(world);
  const names = rules.userConfigVariable ? userConfigNames : [];
  const name = names.find((candidate) => variable(candidate));
  const named = name === undefined ? undefined : variable(name);
  if (name !== undefined && named)
    return { path: namedPath(world, named, world.projectDirectory), source: { kind: 'env', name } };
  const home = paths.join(world.home, '.npmrc');
  const folder = world.env.XDG_CONFIG_HOME;
  const moved = folder ? paths.join(folder, '.npmrc') : home;
  const source: Source = { kind: 'default', why: 'Bun reads .npmrc in the home folder' };
  if (moved === home || (rules.homeBehindXdg && world.files.read(moved).kind === 'absent'))
    return { path: home, source };
  return { path: moved, source: { kind: 'env', name: 'XDG_CONFIG_HOME' } };
}

/** Files that somebody may expect to be read: those of members of the workspace, of another name, or unknown to this version. */
function expectedFiles(world: ClientWorld, rules: BunRules): readonly ExpectedFile[] {
  const paths = pathsOf(world);
  const members = [world.projectDirectory, ...(world.workspaceFolders ?? [])]
    .filter((folder) => folder !== world.workspaceRoot)
    .flatMap((folder) => [paths.join(folder, '.npmrc'), paths.join(folder, 'bunfig.toml')]);
  const root = world.workspaceRoot;
  return [
    ...members.map((path): ExpectedFile => {
      return { path, role: 'project', why: 'Bun reads only the files of the workspace root' };
    }),
    {
      path: paths.join(root, '.bunfig.toml'),
      role: 'project',
      why: 'in a project Bun reads bunfig.toml, without the dot',
    },
    { path: paths.join(root, '.npmrc'), role: 'project', why: 'this version of Bun reads no .npmrc' },
    {
      path: paths.join(world.home, '.bunfig.toml'),
      role: 'user',
      why: 'XDG_CONFIG_HOME names the folder in which Bun looks for .bunfig.toml, and the home folder is another one',
    },
    {
      path: paths.join(world.home, 'bunfig.toml'),
      role: 'user',
      why: 'at home Bun reads .bunfig.toml, with the dot',
    },
    {
      path: paths.join(world.home, '.npmrc'),
      role: 'user',
      why:
        rules.npmrcFiles === 'project-and-user'
          ? 'Bun takes the file that a variable names in its place: NPM_CONFIG_USERCONFIG, or .npmrc in the folder of XDG_CONFIG_HOME'
          : 'this version of Bun reads no .npmrc of the user',
    },
  ];
}

/** The file that a variable names for other clients of `.npmrc`, where this version of Bun does not look at the variable. */
function unreadUserConfig(
  world: ClientWorld,
  { userConfigVariable }: BunRules,
  variable: Variables,
): readonly ExpectedFile[] {
  if (userConfigVariable) return [];
  return userConfigNames.flatMap((name) => {
    const path = variable(name);
    const why = `Bun looks at ${name} only from version 1.4.4 on`;
    return path ? [ofUser(world, namedPath(world, path, world.projectDirectory), why)] : [];
  });
}
