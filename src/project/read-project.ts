import { join, posix, relative, resolve, sep } from 'node:path';
import type { ClientName } from '../domain/client.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem, Project } from '../domain/project.ts';
import { type ClientHabits, type ClientProject, readClientProject } from './client-project.ts';
import { collectDependencies } from './collect-dependencies.ts';
import { collectResolved } from './collect-resolved.ts';
import type { Declaration, ManifestFault } from './declaration.ts';
import { clientOfProject, findTraces } from './find-lockfiles.ts';
import { type Position, unreadable } from './json-file.ts';
import { lockfileGaps } from './lockfile-gaps.ts';
import { type Manifest, type ManifestReading, manifestProblem, readManifest } from './manifest.ts';
import { namelessAliasProblem } from './nameless-alias.ts';
import { readLock } from './read-lock.ts';
import { findWorkspaceFolders } from './workspace-folders.ts';

type Resolved = 'dependencies' | 'overrides' | 'extensions' | 'lockfileGaps';

/** A project as far as no version or setting of its client matters. */
export interface Checkout extends Omit<Project, Resolved> {
  resolveFor(habits: ClientHabits): Pick<Project, Resolved>;
}

export type CheckoutReading =
  | { kind: 'read'; checkout: Checkout }
  | { kind: 'unreadable'; problem: InputProblem };

/**
 * What the checkout in `directory` (absolute) says: package.json, its workspaces and the lockfile of the client that installs it. `client` is that one when
 * the run knows it, else see `clientOfProject`. Paths in the result use `/`.
 * Unreadable: a file that is missing, broken or not what it must be, with its place; nothing throws, whatever the files hold.
 */
export function readProject(input: {
  directory: string;
  files: FileReader;
  client?: ClientName;
  /** The client where nothing in the checkout tells of one. Left out: npm. */
  otherwise?: ClientName;
}): CheckoutReading {
  const { directory, files } = input;
  const reading = readManifest(files, directory, '');
  if (reading.kind === 'unreadable') return reading;
  if (reading.kind === 'absent') return { kind: 'unreadable', problem: missingManifest(files, directory) };
  const root = reading.manifest;

  const traces = findTraces(files, directory);
  const told = clientOfProject(input.client ?? null, root.declaredClient, traces);
  const client = told ?? input.otherwise ?? 'npm';
  const rootProblem = manifestProblem(root, client);
  if (rootProblem !== null) return { kind: 'unreadable', problem: rootProblem };
  const rules = readClientProject(client, files, root);
  if (rules.kind === 'unreadable') return rules;

  const workspaces = readWorkspaces(files, root, rules.project, client);
  if ('problem' in workspaces) return workspaces;

  const lock = readLock(client, files, directory);
  if (lock.kind === 'unreadable') return lock;

  const own = [root, ...workspaces];
  const linked = readLinkedFolders(files, directory, own, { client, isLocked: lock.kind !== 'absent' });
  if ('problem' in linked) return linked;

  // hooks of pnpm may change what a manifest asks for
  const hasHooks = client === 'pnpm' && hookFiles.some((name) => isThere(files, join(directory, name)));
  const problem = namelessAliasProblem(client, [...own, ...linked]);
  if (problem) return { kind: 'unreadable', problem };

  const { linking, adapt, overrides, extensions, own: ofClient } = rules.project;
  const written = [...own, ...linked, ...(ofClient === null ? [] : [ofClient])];
  return {
    kind: 'read',
    checkout: {
      directory,
      manifest: root.file.shown,
      name: root.name,
      resolveFor(habits) {
        const manifests = written.map((manifest) => adapt(manifest, habits));
        const dependencies =
          lock.kind === 'resolved'
            ? collectResolved(manifests, lock.lock, linking(habits))
            : collectDependencies(manifests, lock.kind === 'npm' ? lock.lock : null, linking(habits));
        return {
          dependencies,
          lockfileGaps:
            lock.kind === 'absent' || hasHooks
              ? []
              : lockfileGaps(client, lock.lock, dependencies, { written, adapted: manifests }),
          overrides: overrides(habits).inForce,
          extensions: extensions(habits),
        };
      },
      lockfile: lock.kind === 'absent' ? null : lock.lock.lockfile,
      workspaces: workspaces.map(({ location, name }) => ({ path: location, name })),
      publish: own.flatMap(({ publish }) => publish ?? []),
      declaredClient: root.declaredClient,
      client,
      lockfilesFound: traces.lockfiles,
    },
  };
}

const hookFiles = ['.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.js'];

function isThere(files: FileReader, path: string): boolean {
  return files.read(path).kind !== 'absent';
}

type Failure = { kind: 'unreadable'; problem: InputProblem };

/** The packages of the project. Yarn 2 and later take in the workspaces of workspaces too (run for real: 3 and 4). */
function readWorkspaces(
  files: FileReader,
  root: Manifest,
  rules: ClientProject,
  client: ClientName,
): Manifest[] | Failure {
  const workspaces: Manifest[] = [];
  const seen = new Set(['.']);
  const open = [{ ...root, workspacePatterns: rules.patterns }];
  for (let holder = open.shift(); holder !== undefined; holder = open.shift()) {
    const folders = findWorkspaceFolders(files, holder.directory, holder.workspacePatterns);
    if (!Array.isArray(folders)) {
      const { file, position } = holder.location === '' ? rules.placeOf(folders) : placeIn(holder, folders);
      return unreadable(file, position, folders.message, folders.hint);
    }
    for (const folder of folders) {
      const location = posix.join(holder.location, folder);
      if (seen.has(location)) continue;
      seen.add(location);
      const reading = readForClient(files, join(root.directory, location), location, client);
      if (reading.kind === 'unreadable') return reading;
      if (reading.kind === 'absent') continue;
      workspaces.push(reading.manifest);
      if (client === 'yarn-berry') open.push(reading.manifest);
    }
  }
  return workspaces;
}

function readForClient(
  files: FileReader,
  directory: string,
  location: string,
  client: ClientName,
): ManifestReading {
  const reading = readManifest(files, directory, location);
  const problem = reading.kind === 'manifest' ? manifestProblem(reading.manifest, client) : null;
  return problem === null ? reading : { kind: 'unreadable', problem };
}

function placeIn({ file }: Manifest, { offset }: ManifestFault): { file: string; position: Position } {
  return { file: file.shown, position: file.positionOf(offset) };
}

/** Who installs: `isLocked` where there is a lockfile. */
interface Linker {
  client: ClientName;
  isLocked: boolean;
}

/** Folders that dependencies name and whose own dependencies are installed without being in a lockfile as theirs. */
function readLinkedFolders(
  files: FileReader,
  directory: string,
  manifests: readonly Manifest[],
  linker: Linker,
): Manifest[] | Failure {
  const seen = new Set(manifests.map((manifest) => manifest.directory));
  const linked: Manifest[] = [];
  const open = [...manifests];
  for (let manifest = open.pop(); manifest !== undefined; manifest = open.pop()) {
    for (const declaration of manifest.declarations.values()) {
      const folder = followedFolder(manifest, declaration, linker);
      if (folder === null || seen.has(folder)) continue;
      seen.add(folder);
      const location = relative(directory, folder).split(sep).join('/');
      const reading = readForClient(files, folder, location, linker.client);
      if (reading.kind === 'unreadable') return reading;
      if (reading.kind === 'absent') continue;
      const found = linker.client === 'yarn' ? withoutDevelopment(reading.manifest) : reading.manifest;
      linked.push(found);
      open.push(found);
    }
  }
  return linked;
}

/**
 * The folder (absolute) of a declaration whose manifest is to be read. Lockfiles hold what `file:` and `portal:` folders ask for; Yarn 1 reads those of
 * `link:` anew on every install (run for real: 1.22.22), all other clients leave them alone.
 */
function followedFolder(
  manifest: Manifest,
  { written, spec }: Declaration,
  { client, isLocked }: Linker,
): string | null {
  const target = /^link:(.+)$/s.exec(written.trim())?.[1];
  if (target !== undefined) return client === 'yarn' ? resolve(manifest.directory, target) : null;
  return isLocked || spec.path === null || /\.(?:tgz|tar\.gz|tar)$/i.test(spec.path) ? null : spec.path;
}

/** Yarn 1 takes no `devDependencies` of a folder that is none of the project's packages (run for real: 1.22.22). */
function withoutDevelopment(manifest: Manifest): Manifest {
  const declarations = new Map<string, Declaration>();
  for (const [name, declaration] of manifest.declarations) {
    const kinds = declaration.kinds.filter((kind) => kind !== 'dev');
    if (kinds.length > 0) declarations.set(name, { ...declaration, kinds });
  }
  return { ...manifest, declarations };
}

function missingManifest(files: FileReader, directory: string): InputProblem {
  const folders = files
    .list(directory)
    .filter(({ name, directory: isFolder }) => isFolder && name !== 'node_modules')
    .slice(0, 200)
    .map(({ name }) => name)
    .filter((name) => files.read(join(directory, name, 'package.json')).kind === 'text')
    .slice(0, 3);
  const seen = folders.length === 0 ? '' : `, e.g. ${folders.map((name) => `"${name}"`).join(' or ')}`;
  return {
    file: 'package.json',
    line: 1,
    column: 1,
    message: `there is no package.json in ${directory}`,
    hint: `set "working-directory" to the folder that holds it${seen}`,
  };
}
