import * as fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { FileEdit } from '../domain/plan.ts';
import { realTarget, type Snapshot, snapshotOf } from './file-snapshot.ts';
import { fileReader, removeQuietly } from './files.ts';
import { digestOf, entryName, entryText, type JournalEntry, readEntry } from './journal-entry.ts';
import {
  claimFolder,
  firstMissingFolder,
  isOwnFolder,
  removeJournal,
  removeMadeFolders,
} from './journal-folder.ts';
import { sweepTemporaries } from './temporary-file.ts';
import { type FileWrite, failureOf, placeFile, type WriteFailure, writeFileEdit } from './write-file.ts';

/**
 * What restoring did with one file. `untouched`: it holds its original already. `left`: somebody changed it since, so it was
 * not touched and its entry stays. `ignored`: the journal file is not one of ours (`path` is then the journal file's).
 */
export interface RestoredFile {
  path: string;
  result: 'restored' | 'removed' | 'untouched' | 'left' | 'failed' | 'ignored';
  why: string | null;
}

/** Runs at the same time on one machine keep changing each other's entries for a moment only. */
const mostAttempts = 50;

/** Remembers files before they are written, so that they can be given back, by this process or a later one. */
export interface RestoreJournal {
  /** Stores what stands at the edit's path, before anything is written there. `null` when that worked. */
  record(edit: FileEdit): WriteFailure | null;
  /** Records and carries out an edit. Without a record nothing is written. */
  write(edit: FileEdit): FileWrite;
  /** Gives every recorded file its bytes, mode or absence back, if it still holds what was written. Safe to call again. */
  restoreAll(): readonly RestoredFile[];
}

/**
 * A journal in a folder outside the checkout. Its files may hold secrets of the originals: they are for the owner only and go
 * once their file is restored. Nothing throws.
 */
export function createRestoreJournal(folder: string): RestoreJournal {
  const home = resolve(folder);

  function stored(path: string): { text: string | null; entry: JournalEntry | null } {
    const reading = fileReader.read(join(home, entryName(path)));
    if (reading.kind !== 'text') return { text: null, entry: null };
    const entry = readEntry(home, entryName(path), reading.text);
    return { text: reading.text, entry: entry.kind === 'entry' ? entry.entry : null };
  }

  /** `before` is the journal file's text that the entry was made from: another run may have written there meanwhile. */
  function store(entry: JournalEntry, before: string | null): WriteFailure | null {
    const write = placeFile({
      path: join(home, entryName(entry.path)),
      bytes: Buffer.from(entryText(entry), 'utf8'),
      mode: 0o600,
      lasting: entry.original !== null,
      owner: null,
      expected: (now) =>
        before === null
          ? now.kind === 'absent'
          : now.kind === 'file' && now.bytes.toString('utf8') === before,
    });
    return write.kind === 'failed' ? write : null;
  }

  /** Stores an entry again that another run's `restore` took away, maybe with the empty folder. */
  function storeAgain(entry: JournalEntry) {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const failure = claimFolder(home) ?? inJournal(store(entry, null));
      if (failure?.reason !== 'no-journal' || failure.code !== 'ENOENT') return;
    }
  }

  function drop(path: string) {
    removeQuietly(join(home, entryName(path)));
  }

  /** The entry as it was stored, or why it could not be. */
  function record(edit: FileEdit): JournalEntry | WriteFailure {
    const path = realTarget(edit.path);
    if (path === null) return failureOf({ code: 'ENOTDIR' });
    const made = {
      madeFolder: firstMissingFolder(dirname(path)),
      madeForJournal: firstMissingFolder(dirname(home)),
    };
    for (let attempt = 1; ; attempt += 1) {
      const recorded = claimFolder(home) ?? recordOnce(path, edit, made);
      if (isFailure(recorded) && isPassing(recorded) && attempt < mostAttempts) continue;
      if (isFailure(recorded) && made.madeForJournal !== null) removeJournal(home, made.madeForJournal);
      return recorded;
    }
  }

  function recordOnce(
    path: string,
    edit: FileEdit,
    made: Pick<JournalEntry, 'madeFolder' | 'madeForJournal'>,
  ): JournalEntry | WriteFailure {
    const { text, entry: known } = stored(path);
    const now = snapshotOf(path);
    if (now.kind === 'not-a-file') return failureOf({ code: 'EISDIR' });
    if (now.kind === 'unreadable') return failureOf({ code: now.code });
    const digest = digestOf(Buffer.from(edit.after, 'utf8'));
    if (known !== null && (holdsWritten(known, now) || holdsOriginal(known, now))) {
      return keep({ ...known, wrote: [...new Set([...known.wrote, digest])] }, text);
    }
    const bytes = edit.original === undefined ? null : Buffer.from(edit.original, 'utf8');
    const original = now.kind === 'file' ? { bytes: bytes ?? now.bytes, mode: now.mode } : null;
    return keep({ path, original, wrote: [digest], ...made }, text);
  }

  function keep(entry: JournalEntry, before: string | null): JournalEntry | WriteFailure {
    return inJournal(store(entry, before)) ?? entry;
  }

  /** Whether the journal knows that an edit's text may stand at a path. */
  function isKnown(path: string, { after }: FileEdit): boolean {
    return stored(path).entry?.wrote.includes(digestOf(Buffer.from(after, 'utf8'))) === true;
  }

  /** Another run's `restore` may take the entry away between record and write: then all begins anew. */
  function writeRecorded(path: string, edit: FileEdit): FileWrite {
    for (let attempt = 1; ; attempt += 1) {
      const recorded = record(edit);
      if (isFailure(recorded)) return recorded;
      const write = writeFileEdit(edit, () => isKnown(path, edit));
      if (write.kind === 'written' && !isKnown(path, edit)) storeAgain(recorded);
      const lost = write.kind === 'failed' && write.reason === 'changed-meanwhile' && !isKnown(path, edit);
      if (!lost || attempt === mostAttempts) return write;
    }
  }

  function restore(entry: JournalEntry): RestoredFile {
    const { path, original } = entry;
    sweepTemporaries(dirname(path));
    const now = snapshotOf(path);
    if (holdsOriginal(entry, now)) {
      if (original === null) removeMadeFolders(entry);
      return { path, result: 'untouched', why: null };
    }
    if (!holdsWritten(entry, now)) {
      return { path, result: 'left', why: 'it no longer holds what was written' };
    }
    if (original === null) {
      try {
        fs.rmSync(path);
      } catch (error) {
        return { path, result: 'failed', why: failureOf(error).why };
      }
      removeMadeFolders(entry);
      return { path, result: 'removed', why: null };
    }
    const write = placeFile({
      path,
      bytes: original.bytes,
      mode: original.mode,
      lasting: true,
      owner: now.kind === 'file' ? now.owner : null,
      expected: (then) => holdsWritten(entry, then),
    });
    return write.kind === 'failed'
      ? { path, result: 'failed', why: write.why }
      : { path, result: 'restored', why: null };
  }

  return {
    record(edit) {
      const recorded = record(edit);
      return isFailure(recorded) ? recorded : null;
    },
    write(edit) {
      const path = realTarget(edit.path);
      const before = path === null ? null : stored(path).entry;
      if (path !== null && holds(snapshotOf(path), Buffer.from(edit.after, 'utf8'))) {
        return { kind: 'unchanged', path };
      }
      if (path === null) return failureOf({ code: 'ENOTDIR' });
      const write = writeRecorded(path, edit);
      if (write.kind === 'failed' && before === null) {
        // another run that wrote there at the same time still needs the entry
        const { entry } = stored(path);
        const mine = digestOf(Buffer.from(edit.after, 'utf8'));
        const isMine = entry?.wrote.every((digest) => digest === mine) === true;
        if (entry !== null && isMine && holdsOriginal(entry, snapshotOf(path))) {
          drop(path);
          if (entry.original === null) removeMadeFolders(entry);
          if (entry.madeForJournal !== null) removeJournal(home, entry.madeForJournal);
        }
      }
      return write;
    },
    restoreAll() {
      if (!isOwnFolder(home)) return [];
      sweepTemporaries(home);
      let made: string | null = null;
      const results = fileReader.list(home).flatMap(({ name }): RestoredFile[] => {
        const file = join(home, name);
        if (!name.endsWith('.json')) return [];
        const reading = fileReader.read(file);
        const entry =
          reading.kind === 'text'
            ? readEntry(home, name, reading.text)
            : ({ kind: 'ignored', why: 'it can not be read' } as const);
        if (entry.kind === 'ignored') return [{ path: file, result: 'ignored', why: entry.why }];
        made ??= entry.entry.madeForJournal;
        const result = restore(entry.entry);
        // a run that recorded more meanwhile still needs it, and is restored by the next call
        const isSame = reading.kind === 'text' && stored(entry.entry.path).text === reading.text;
        if (isSame && result.result !== 'left' && result.result !== 'failed') {
          drop(entry.entry.path);
          // another run may have written in between: its file is to be given back too
          if (holdsWritten(entry.entry, snapshotOf(entry.entry.path))) storeAgain(entry.entry);
        }
        return [result];
      });
      removeJournal(home, made);
      return results;
    },
  };
}

function inJournal(failure: WriteFailure | null): WriteFailure | null {
  if (failure === null || failure.reason === 'changed-meanwhile') return failure;
  return { ...failure, reason: 'no-journal', why: `journal: ${failure.why}` };
}

/** Another run was in the way: it wrote the same entry, or its `restore` took the empty journal away, as often as both go on. */
function isPassing({ reason, code }: WriteFailure): boolean {
  return reason === 'changed-meanwhile' || (reason === 'no-journal' && code === 'ENOENT');
}

function isFailure(recorded: JournalEntry | WriteFailure): recorded is WriteFailure {
  return 'kind' in recorded;
}

function holdsWritten(entry: JournalEntry, now: Snapshot): boolean {
  return now.kind === 'file' && entry.wrote.includes(digestOf(now.bytes));
}

function holdsOriginal(entry: JournalEntry, now: Snapshot): boolean {
  return entry.original === null ? now.kind === 'absent' : holds(now, entry.original.bytes);
}

function holds(now: Snapshot, bytes: Buffer): boolean {
  return now.kind === 'file' && now.bytes.equals(bytes);
}
