import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ClientName } from '../domain/client.ts';
import { validVersion } from '../domain/plain-version.ts';
import { recordOf } from '../domain/record.ts';
import { fileReader } from './files.ts';
import { npmPrefix } from './npm-prefix.ts';
import { findCommand, linkedTo, type SearchPlace, variable } from './search-path.ts';

/** A package manager that a job would run. `folder` is its own package's, `null` when only the program itself told its version. */
export interface InstalledClient {
  name: ClientName;
  version: string;
  command: string;
  folder: string | null;
}

/** Runs a program with `--version` and gives what it printed, `null` when it failed or took too long. */
export type AskVersion = (command: string, place: SearchPlace) => Promise<string | null>;

const programs = {
  npm: { command: 'npm', packages: ['npm'] },
  pnpm: { command: 'pnpm', packages: ['pnpm', '@pnpm/exe'] },
  yarn: { command: 'yarn', packages: ['yarn'] },
  'yarn-berry': { command: 'yarn', packages: ['@yarnpkg/cli-dist', '@yarnpkg/cli'] },
  bun: { command: 'bun', packages: ['bun'] },
} satisfies Record<ClientName, { command: string; packages: readonly string[] }>;

/**
 * The installed client that a job's shell would start, `null` when there is none. Its own package.json tells the version; only
 * where none is found (shims, single binaries) the program is run.
 */
export async function findClient(
  name: ClientName,
  place: SearchPlace,
  ask: AskVersion = askVersion,
): Promise<InstalledClient | null> {
  const { command: program, packages } = programs[name];
  const command = findCommand(program, place);
  if (command === null) return null;
  for (const folder of candidateFolders(name, command, place)) {
    const version = versionIn(folder, packages);
    if (version !== null) return { name, version, command, folder };
  }
  const version = validVersion((await ask(command, place))?.trim().split(/\s+/).at(-1) ?? '');
  if (version === null || !belongsTo(name, version)) return null;
  return { name, version, command, folder: null };
}

/** Places of the client's package, likeliest first: above the linked script; on Windows below the prefix or beside `npm.cmd`. */
function candidateFolders(name: ClientName, command: string, place: SearchPlace): readonly string[] {
  if (place.platform === 'win32') {
    const beside = join(dirname(command), 'node_modules', name);
    if (name !== 'npm') return [beside];
    const prefix = npmPrefix({ place, command, folder: beside });
    return [...(prefix === null ? [] : [join(prefix, 'node_modules', name)]), beside];
  }
  const script = linkedTo(command);
  const folders: string[] = [];
  for (
    let folder = dirname(script);
    folders.length < 6 && folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    folders.push(folder);
  }
  return folders;
}

function versionIn(folder: string, packages: readonly string[]): string | null {
  const reading = fileReader.read(join(folder, 'package.json'));
  if (reading.kind !== 'text') return null;
  try {
    const { name, version } = recordOf(JSON.parse(reading.text));
    if (typeof name !== 'string' || !packages.includes(name)) return null;
    return typeof version === 'string' ? validVersion(version) : null;
  } catch {
    return null;
  }
}

/** One command, two clients: Yarn 1 and Yarn 2+. */
function belongsTo(name: ClientName, version: string): boolean {
  const old = /^[01]\./.test(version);
  return name === 'yarn' ? old : name !== 'yarn-berry' || !old;
}

/** Variables that a program needs to start. Credentials are not among them. */
const neededVariables = [
  ...['PATH', 'HOME', 'TMPDIR', 'LANG', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'SYSTEMROOT', 'COMSPEC'],
  ...['PATHEXT', 'TEMP', 'TMP', 'WINDIR', 'NVM_DIR', 'VOLTA_HOME', 'ASDF_DIR', 'ASDF_DATA_DIR', 'FNM_DIR'],
];

/**
 * Keeps Corepack from the network, and pnpm from what it does in a project that names another version (it fetches that one first: pnpm
 * 10 by the first of its variables, 11 and later by the last) or another client (it refuses). Measured.
 */
const ownVersionOnly = {
  COREPACK_ENABLE_NETWORK: '0',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  npm_config_manage_package_manager_versions: 'false',
  npm_config_package_manager_strict: 'false',
  pnpm_config_pm_on_fail: 'ignore',
};

const limits = { timeout: 10_000, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 } as const;

/** Runs the program and ends it when it takes too long: it must not go on behind the job. Only scripts of Windows need a shell. */
async function askVersion(command: string, place: SearchPlace): Promise<string | null> {
  const env: Record<string, string> = { ...ownVersionOnly };
  for (const name of neededVariables) {
    const value = variable(name, place);
    if (value !== null) env[name] = value;
  }
  const options = { env, cwd: place.directory || tmpdir(), ...limits };
  const { exec, execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    const answer = (error: Error | null, stdout: string) =>
      resolve(error === null ? stdout.slice(0, 1000) : null);
    try {
      if (/\.(?:cmd|bat)$/i.test(command)) exec(`"${command}" --version`, options, answer);
      else execFile(command, ['--version'], options, answer);
    } catch {
      resolve(null);
    }
  });
}
