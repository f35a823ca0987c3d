import type { ClientName } from '../domain/client.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem } from '../domain/project.ts';
import { readBunLock } from './bun-lock.ts';
import { findLockfiles } from './find-lockfiles.ts';
import { unreadable } from './json-file.ts';
import type { PackageLock, PackageLockReading } from './lock-entry.ts';
import { readPackageLock } from './package-lock.ts';
import { readPnpmLock } from './pnpm-lock.ts';
import type { ResolvedLock, ResolvedLockReading } from './resolved-lock.ts';
import { readYarnBerryLock } from './yarn-berry-lock.ts';
import { readYarnLock } from './yarn-lock.ts';

/** The lockfile that a client installs by: npm's with its folders, or one that says what each name gets. */
export type LockReading =
  | { kind: 'npm'; lock: PackageLock }
  | { kind: 'resolved'; lock: ResolvedLock }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };

const readers = {
  npm: (files, directory) => npmLock(readPackageLock(files, directory)),
  pnpm: (files, directory) => resolvedLock(readPnpmLock(files, directory)),
  yarn: (files, directory) => resolvedLock(readYarnLock(files, directory)),
  'yarn-berry': (files, directory) => resolvedLock(readYarnBerryLock(files, directory)),
  bun: readForBun,
} satisfies Record<ClientName, (files: FileReader, directory: string) => LockReading>;

/** Reads the lockfile in a folder (absolute) that this client would install by. Those of other clients are not looked at, but by Bun. */
export function readLock(client: ClientName, files: FileReader, directory: string): LockReading {
  return readers[client](files, directory);
}

/**
 * Bun installs by bun.lock, then the binary bun.lockb, then takes over package-lock.json, the yarn.lock of Yarn 1 and pnpm-lock.yaml, in this order and also
 * with `--frozen-lockfile`. From pnpm it takes no tarball addresses: it makes them up. (Measured: bun 1.4.5.)
 */
function readForBun(files: FileReader, directory: string): LockReading {
  const own = readBunLock(files, directory);
  if (own.kind !== 'absent') return resolvedLock(own);
  const found = findLockfiles(files, directory);
  if (found.some(({ path }) => path === 'bun.lockb')) {
    return unreadable(
      'bun.lockb',
      { line: 1, column: 1 },
      'bun.lockb is a binary lockfile, which this check does not read',
      'write bun.lock with "bun install --save-text-lockfile --frozen-lockfile --lockfile-only" and remove bun.lockb',
    );
  }
  const npm = readPackageLock(files, directory, ['package-lock']);
  if (npm.kind !== 'absent') return npmLock(npm);
  if (found.some(({ client }) => client === 'yarn')) return resolvedLock(readYarnLock(files, directory));
  const pnpm = readPnpmLock(files, directory);
  return resolvedLock(pnpm.kind === 'lock' ? { kind: 'lock', lock: withoutTarballs(pnpm.lock) } : pnpm);
}

function withoutTarballs(lock: ResolvedLock): ResolvedLock {
  const packages = [...lock.packages].map(
    ([key, resolved]) =>
      [key, resolved.from === 'registry' ? { ...resolved, tarball: null } : resolved] as const,
  );
  return { ...lock, packages: new Map(packages) };
}

function npmLock(reading: PackageLockReading): LockReading {
  return reading.kind === 'lock' ? { kind: 'npm', lock: reading.lock } : reading;
}

function resolvedLock(reading: ResolvedLockReading): LockReading {
  return reading.kind === 'lock' ? { kind: 'resolved', lock: reading.lock } : reading;
}
