import { createHash } from 'node:crypto';
import { isAbsolute, relative, resolve } from 'node:path';
import { liesWithin } from '../domain/lies-within.ts';
import { isRecord } from '../domain/record.ts';

/**
 * One file that was (or was about to be) written. `original` is `null` when there was none. `wrote` are SHA-256 digests of
 * everything that may have been put there. `madeFolder` is the outermost folder that had to be made for it, `madeForJournal` that for the journal itself.
 */
export interface JournalEntry {
  path: string;
  original: { bytes: Buffer; mode: number } | null;
  wrote: readonly string[];
  madeFolder: string | null;
  madeForJournal: string | null;
}

export type EntryReading = { kind: 'entry'; entry: JournalEntry } | { kind: 'ignored'; why: string };

/** The name of the journal file for a path. */
export function entryName(path: string): string {
  return `${digestOf(Buffer.from(path, 'utf8')).slice(0, 40)}.json`;
}

export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function entryText(entry: JournalEntry): string {
  const { path, original, wrote, madeFolder, madeForJournal } = entry;
  const kept = original === null ? null : { base64: original.bytes.toString('base64'), mode: original.mode };
  return `${JSON.stringify({ schema: 1, path, original: kept, wrote, madeFolder, madeForJournal })}\n`;
}

/** Reads a journal file of `folder`. What this program can't have written (wrong shape, another file's path) is ignored with the reason. */
export function readEntry(folder: string, name: string, text: string): EntryReading {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { kind: 'ignored', why: 'it is no JSON' };
  }
  if (!isRecord(content) || content.schema !== 1) return { kind: 'ignored', why: 'it is no journal entry' };
  const { path, original, wrote, madeFolder, madeForJournal = null } = content;
  if (typeof path !== 'string' || !isAbsolute(path) || resolve(path) !== path || path.includes('\0')) {
    return { kind: 'ignored', why: 'its path is not a plain absolute one' };
  }
  if (entryName(path) !== name) return { kind: 'ignored', why: 'its name does not belong to its path' };
  if (!Array.isArray(wrote) || !wrote.every((digest) => typeof digest === 'string')) {
    return { kind: 'ignored', why: 'it does not say what was written' };
  }
  if (madeFolder !== null && (typeof madeFolder !== 'string' || !isAncestor(madeFolder, path))) {
    return { kind: 'ignored', why: 'its folder does not hold its path' };
  }
  if (
    madeForJournal !== null &&
    (typeof madeForJournal !== 'string' || !isAncestor(madeForJournal, folder))
  ) {
    return { kind: 'ignored', why: 'its folder does not hold the journal' };
  }
  const stored = original === null ? null : storedFile(original);
  if (stored === 'malformed') return { kind: 'ignored', why: 'its original is damaged' };
  return { kind: 'entry', entry: { path, original: stored, wrote, madeFolder, madeForJournal } };
}

function storedFile(value: unknown): { bytes: Buffer; mode: number } | 'malformed' {
  if (!isRecord(value)) return 'malformed';
  const { base64, mode } = value;
  if (typeof base64 !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return 'malformed';
  if (typeof mode !== 'number' || !Number.isInteger(mode) || mode < 0 || mode > 0o7777) return 'malformed';
  return { bytes: Buffer.from(base64, 'base64'), mode };
}

function isAncestor(folder: string, path: string): boolean {
  return (
    isAbsolute(folder) &&
    resolve(folder) === folder &&
    relative(folder, path) !== '' &&
    liesWithin(path, folder)
  );
}
