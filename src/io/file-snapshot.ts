import { constants, fstatSync, lstatSync, openSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { liesWithin } from '../domain/lies-within.ts';
import { closeQuietly, systemCode } from './files.ts';

/** A file's bytes at one moment. `mode` are its permission bits; owners are -1 where the platform has none. */
export interface StoredFile {
  kind: 'file';
  bytes: Buffer;
  mode: number;
  owner: { user: number; group: number };
}

export type Snapshot =
  | StoredFile
  | { kind: 'absent' }
  | { kind: 'not-a-file' }
  | { kind: 'unreadable'; code: string };

/** What stands at a path now. A symbolic link in the last place is `not-a-file`: resolve it first. Nothing throws. */
export function snapshotOf(path: string): Snapshot {
  let descriptor: number | null = null;
  try {
    if (!lstatSync(path).isFile()) return { kind: 'not-a-file' };
    descriptor = openSync(
      path,
      constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
    );
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { kind: 'not-a-file' };
    const owner = { user: stat.uid, group: stat.gid };
    return { kind: 'file', bytes: readFileSync(descriptor), mode: stat.mode & 0o7777, owner };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return { kind: 'absent' };
    return code === 'ELOOP' ? { kind: 'not-a-file' } : { kind: 'unreadable', code };
  } finally {
    if (descriptor !== null) closeQuietly(descriptor);
  }
}

/**
 * Where a write to a path really lands: its folder's real path with links in the last place followed, a dangling one too.
 * Folders that are missing stay as written. `null` when links go round in a circle.
 */
export function realTarget(path: string): string | null {
  let current = resolve(path);
  for (let links = 0; links < 40; links += 1) {
    current = join(realFolder(dirname(current)), basename(current));
    let target: string;
    try {
      target = readlinkSync(current);
    } catch {
      return current;
    }
    current = resolve(dirname(current), target);
  }
  return null;
}

/** Whether a path lies in a folder, or is it, when all links on both ways are followed; what is missing counts as written. */
export function isWithin(path: string, folder: string): boolean {
  const target = realTarget(path);
  return target !== null && liesWithin(target, realFolder(resolve(folder)));
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = dirname(folder);
    return parent === folder ? folder : join(realFolder(parent), basename(folder));
  }
}
