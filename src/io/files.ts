import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import { recordOf } from '../domain/record.ts';

/** Larger files are no manifest, lockfile or configuration that a package manager would read. */
const largest = 256 * 1024 * 1024;

/** Reads the real file system. Pipes and devices are `not-a-file` and never block. */
export const fileReader: FileReader = {
  read(path) {
    let descriptor: number | null = null;
    try {
      if (!statSync(path).isFile()) return { kind: 'not-a-file' };
      descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const stat = fstatSync(descriptor);
      if (!stat.isFile()) return { kind: 'not-a-file' };
      if (stat.size > largest) return { kind: 'unreadable', why: 'larger than 256 MiB' };
      return { kind: 'text', text: readFileSync(descriptor).toString('utf8') };
    } catch (error) {
      const code = systemCode(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
      if (code === 'EISDIR') return { kind: 'not-a-file' };
      return { kind: 'unreadable', why: code };
    } finally {
      if (descriptor !== null) closeQuietly(descriptor);
    }
  },
  list(path) {
    try {
      return readdirSync(path, { withFileTypes: true })
        .map((entry) => ({
          name: entry.name,
          directory: entry.isDirectory() || (entry.isSymbolicLink() && isDirectory(join(path, entry.name))),
          ...(entry.isSymbolicLink() ? { link: true } : {}),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      return [];
    }
  },
};

/** The system's code of an error (`EACCES`), its name where it has none. */
export function systemCode(error: unknown): string {
  const { code, name } = recordOf(error);
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown error';
}

/** Takes a file away if it can be. */
export function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is swept or restored later.
  }
}

export function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // It is closed either way.
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
