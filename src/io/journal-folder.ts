import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from './files.ts';
import type { JournalEntry } from './journal-entry.ts';
import { makeFolder } from './make-folder.ts';
import { failureOf, type WriteFailure } from './write-file.ts';

/** Makes the journal's folder for its owner only. `null` when it is there; a link, or a folder of somebody else, is refused. */
export function claimFolder(folder: string): WriteFailure | null {
  try {
    makeFolder(folder, 0o700);
    if (!isOwnFolder(folder)) {
      const why = 'journal: its folder is a link or belongs to another user';
      return { kind: 'failed', reason: 'no-journal', code: lstatOf(folder) === null ? 'ENOENT' : null, why };
    }
    fs.chmodSync(folder, 0o700);
    return null;
  } catch (error) {
    const failure = failureOf(error);
    return { ...failure, reason: 'no-journal', why: `journal: ${failure.why}` };
  }
}

/** Whether a folder is one, no link to one, and this user's, where the system knows users. */
export function isOwnFolder(folder: string): boolean {
  const stat = lstatOf(folder);
  const user = process.getuid?.();
  return stat?.isDirectory() === true && (user === undefined || stat.uid === user);
}

/** The outermost folder on the way to `folder` that is not there yet; `null` when all of them are. */
export function firstMissingFolder(folder: string): string | null {
  if (lstatOf(folder) !== null) return null;
  const parent = dirname(folder);
  return parent === folder ? null : (firstMissingFolder(parent) ?? folder);
}

/** Takes away the folders that were made for an entry's file, as far as nothing else is in them. */
export function removeMadeFolders({ path, madeFolder }: JournalEntry) {
  removeUpTo(madeFolder, path);
}

/** Takes an empty journal away, with the folders above it that were made for it (`made` is the outermost), as far as nothing else is in them. */
export function removeJournal(folder: string, made: string | null) {
  if (removeIfEmpty(folder)) removeUpTo(made, folder);
}

function removeUpTo(outermost: string | null, path: string) {
  if (outermost === null) return;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!removeIfEmpty(folder) || folder === outermost || folder === dirname(folder)) return;
  }
}

/** Removes a folder that is empty. Whether it is gone now. */
export function removeIfEmpty(folder: string): boolean {
  try {
    fs.rmdirSync(folder);
    return true;
  } catch (error) {
    return systemCode(error) === 'ENOENT';
  }
}

/** `null` when there is nothing, or nothing that this user may see. */
function lstatOf(path: string): fs.Stats | null {
  try {
    return fs.lstatSync(path);
  } catch {
    return null;
  }
}
