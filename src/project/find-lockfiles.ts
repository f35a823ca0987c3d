import { join } from 'node:path';
import type { ClientName } from '../domain/client.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { DeclaredClient, FoundLockfile } from '../domain/project.ts';

const names = [
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
  'npm-shrinkwrap.json',
  'package-lock.json',
] as const;

const owners = {
  'pnpm-lock.yaml': 'pnpm',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'npm-shrinkwrap.json': 'npm',
  'package-lock.json': 'npm',
} as const satisfies Record<Exclude<(typeof names)[number], 'yarn.lock'>, ClientName>;

/**
 * The lockfiles in a folder (absolute) with the clients that they belong to, in the order of the list above. A yarn.lock is of Yarn 2+ when it has
 * `__metadata:` (as both Yarns tell them apart), else of Yarn 1.
 */
export function findLockfiles(files: FileReader, directory: string): FoundLockfile[] {
  const here = new Set(files.list(directory).map(({ name }) => name));
  return names
    .filter((name) => here.has(name))
    .map((path) => ({ path, client: path === 'yarn.lock' ? yarnOf(files, directory) : owners[path] }));
}

function yarnOf(files: FileReader, directory: string): ClientName {
  const reading = files.read(join(directory, 'yarn.lock'));
  return reading.kind === 'text' && /^__metadata:/m.test(reading.text) ? 'yarn-berry' : 'yarn';
}

/** Files that only one client reads, in a project that has no lockfile yet. */
const ownFiles = {
  'pnpm-workspace.yaml': 'pnpm',
  '.yarnrc.yml': 'yarn-berry',
  'bunfig.toml': 'bun',
} as const satisfies Record<string, ClientName>;

/** What a checkout says of its client beside the manifest. `ownFile`: the client whose own configuration lies there. */
export interface ClientTraces {
  lockfiles: readonly FoundLockfile[];
  ownFile: ClientName | null;
}

/** The traces of clients in a folder (absolute). */
export function findTraces(files: FileReader, directory: string): ClientTraces {
  const here = new Set(files.list(directory).map(({ name }) => name));
  const own = Object.entries(ownFiles).find(([name]) => here.has(name));
  return { lockfiles: findLockfiles(files, directory), ownFile: own?.[1] ?? null };
}

/**
 * The client that installs a project: the one that the run was given, else the one that the manifest declares, else that of the first lockfile found, else
 * the one whose own file lies there; `null` when nothing tells. A manifest that declares Yarn without a version gets the Yarn of its yarn.lock.
 */
export function clientOfProject(
  given: ClientName | null,
  declared: Pick<DeclaredClient, 'name' | 'version' | 'range'> | null,
  { lockfiles, ownFile }: ClientTraces,
): ClientName | null {
  if (given !== null) return given;
  if (declared !== null) {
    const vague = declared.name === 'yarn' && declared.version === null && declared.range === null;
    const berry = lockfiles.some(({ client }) => client === 'yarn-berry') || ownFile === 'yarn-berry';
    return vague && berry ? 'yarn-berry' : declared.name;
  }
  return lockfiles[0]?.client ?? ownFile;
}
