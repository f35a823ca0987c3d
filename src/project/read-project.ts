import { join, relative, sep } from 'node:path';
import type { ClientName } from '../domain/client.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem, ProjectReading } from '../domain/project.ts';
import { collectDependencies } from './collect-dependencies.ts';
import { unreadable } from './json-file.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { readPackageLock } from './package-lock.ts';
import { findWorkspaceFolders } from './workspace-folders.ts';

/** These look at no file of npm's; Bun takes package-lock.json over. */
const ignoresPackageLock: readonly ClientName[] = ['pnpm', 'yarn', 'yarn-berry'];

/**
 * What the checkout in `directory` (absolute) says: package.json, its workspaces and npm's lockfile. `client` is the one that will install when the
 * run knows it, else the declared one counts; pnpm and Yarn do not look at npm's lockfile. Paths in the result use `/`.
 * Unreadable: a file that is missing, broken or not what it must be, with its place; nothing throws, whatever the files hold.
 */
export function readProject(input: {
  directory: string;
  files: FileReader;
  client?: ClientName;
}): ProjectReading {
  const { directory, files } = input;
  const root = readManifest(files, directory, '');
  if (root.kind === 'unreadable') return root;
  if (root.kind === 'absent') return { kind: 'unreadable', problem: missingManifest(files, directory) };

  const workspaces = readWorkspaces(files, root.manifest);
  if ('problem' in workspaces) return workspaces;

  const client = input.client ?? root.manifest.declaredClient?.name;
  const ignored = client !== undefined && ignoresPackageLock.includes(client);
  const lock = ignored ? ({ kind: 'absent' } as const) : readPackageLock(files, directory);
  if (lock.kind === 'unreadable') return lock;

  const manifests = [root.manifest, ...workspaces];
  const linked = lock.kind === 'lock' ? [] : readLinkedFolders(files, directory, manifests);
  if ('problem' in linked) return linked;

  return {
    kind: 'read',
    project: {
      directory,
      manifest: root.manifest.file.shown,
      name: root.manifest.name,
      dependencies: collectDependencies([...manifests, ...linked], lock.kind === 'lock' ? lock.lock : null),
      lockfile: lock.kind === 'lock' ? lock.lock.lockfile : null,
      workspaces: workspaces.map(({ location, name }) => ({ path: location, name })),
      publish: manifests.flatMap(({ publish }) => publish ?? []),
      declaredClient: root.manifest.declaredClient,
    },
  };
}

type Failure = { kind: 'unreadable'; problem: InputProblem };

function readWorkspaces(files: FileReader, root: Manifest): Manifest[] | Failure {
  const folders = findWorkspaceFolders(files, root.directory, root.workspacePatterns);
  if (!Array.isArray(folders)) {
    return unreadable(root.file.shown, root.file.positionOf(folders.offset), folders.message, folders.hint);
  }
  const workspaces: Manifest[] = [];
  for (const location of folders) {
    const reading = readManifest(files, join(root.directory, location), location);
    if (reading.kind === 'unreadable') return reading;
    if (reading.kind === 'manifest') workspaces.push(reading.manifest);
  }
  return workspaces;
}

/** Folders that `file:` dependencies name: npm links them and installs what they ask for. */
function readLinkedFolders(
  files: FileReader,
  directory: string,
  manifests: readonly Manifest[],
): Manifest[] | Failure {
  const seen = new Set(manifests.map((manifest) => manifest.directory));
  const linked: Manifest[] = [];
  const open = [...manifests];
  for (let manifest = open.pop(); manifest !== undefined; manifest = open.pop()) {
    for (const { spec } of manifest.declarations.values()) {
      if (spec.path === null || seen.has(spec.path) || /\.(?:tgz|tar\.gz|tar)$/i.test(spec.path)) continue;
      seen.add(spec.path);
      const reading = readManifest(files, spec.path, relative(directory, spec.path).split(sep).join('/'));
      if (reading.kind === 'unreadable') return reading;
      if (reading.kind === 'absent') continue;
      linked.push(reading.manifest);
      open.push(reading.manifest);
    }
  }
  return linked;
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
