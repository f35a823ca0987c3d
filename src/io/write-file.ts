import * as fs from 'node:fs';
import { dirname } from 'node:path';
import type { FileEdit } from '../domain/plan.ts';
import { isWithin, realTarget, type Snapshot, snapshotOf } from './file-snapshot.ts';
import { closeQuietly, removeQuietly, systemCode } from './files.ts';
import { makeFolder } from './make-folder.ts';
import { sweepTemporaries, temporaryIn } from './temporary-file.ts';

/** Why a file was left as it is. `code` is the system's, `null` for a reason of this program. */
export interface WriteFailure {
  kind: 'failed';
  reason:
    | 'changed-meanwhile'
    | 'not-a-file'
    | 'leads-out'
    | 'not-utf8'
    | 'read-only'
    | 'not-allowed'
    | 'no-space'
    | 'no-journal'
    | 'other';
  code: string | null;
  why: string;
}

/** What came of an edit. `path` is the real path of the file, links followed. */
export type FileWrite =
  | { kind: 'written'; path: string }
  | { kind: 'unchanged'; path: string }
  | WriteFailure;

/**
 * A file to put in place of what is there. `expected` is asked again right before the change. `lasting`: it holds or replaces what somebody
 * wrote, so it has to be whole after a power cut too. Waiting for the disk takes longer than a round trip, so other files do without.
 */
export interface Placement {
  path: string;
  bytes: Buffer;
  mode: number;
  lasting: boolean;
  owner: { user: number; group: number } | null;
  expected(now: Snapshot): boolean;
}

/**
 * Carries out an edit. A reader sees the old file or the new one, never a part; an existing file keeps its mode, a linked one
 * its link. Folders that are missing are made for the owner only, or for everybody to read where the file is. Nothing is written when
 * nothing changes, when the file no longer holds `before`, when it is marked read-only or is not UTF-8, and when `allowed` says no in
 * the last moment (`changed-meanwhile`). Nothing throws, no temporary file stays.
 */
export function writeFileEdit(edit: FileEdit, allowed: () => boolean = () => true): FileWrite {
  const path = realTarget(edit.path);
  if (path === null) return failure('not-a-file', 'its symbolic links go round in a circle', 'ELOOP');
  if (edit.within !== undefined && !isWithin(path, edit.within)) return leadsOut;
  const now = snapshotOf(path);
  const judged = judge(edit, now);
  if (judged !== 'write') return judged === 'unchanged' ? { kind: 'unchanged', path } : judged;
  return placeFile({
    path,
    bytes: Buffer.from(edit.after, 'utf8'),
    mode: now.kind === 'file' ? now.mode : edit.mode & 0o777,
    lasting: now.kind === 'file',
    owner: now.kind === 'file' ? now.owner : null,
    expected: (then) => judge(edit, then) === 'write' && allowed(),
  });
}

/**
 * Takes a file or a link away; why not, or `null` when nothing is there any more. Nothing is taken where a link on the way to its folder leads out of
 * `within`. Nothing throws.
 */
export function removeFile(path: string, within?: string): string | null {
  if (within !== undefined && !isWithin(dirname(path), within)) return leadsOut.why;
  try {
    fs.rmSync(path, { force: true });
    return null;
  } catch (error) {
    return failureOf(error).why;
  }
}

/** Puts bytes in place by way of a temporary file in the same folder, which is renamed. Sweeps what ended processes left there. */
export function placeFile(placement: Placement): FileWrite {
  const { path, bytes, mode, owner } = placement;
  const temporary = temporaryIn(dirname(path));
  let descriptor: number | null = null;
  try {
    makeFolder(dirname(path), (mode & 0o004) === 0 ? 0o700 : 0o755);
    sweepTemporaries(dirname(path));
    descriptor = fs.openSync(temporary, 'wx', 0o600);
    fs.writeFileSync(descriptor, bytes);
    if (owner !== null) keepOwner(descriptor, owner);
    fs.fchmodSync(descriptor, mode);
    if (placement.lasting) fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
    descriptor = null;
    const now = snapshotOf(path);
    if (!placement.expected(now)) return changedMeanwhile;
    if (now.kind !== 'absent' || !linkIfFree(temporary, path)) fs.renameSync(temporary, path);
    if (placement.lasting) syncFolder(dirname(path));
    return { kind: 'written', path };
  } catch (error) {
    return systemCode(error) === 'EEXIST' ? changedMeanwhile : failureOf(error);
  } finally {
    if (descriptor !== null) closeQuietly(descriptor);
    removeQuietly(temporary);
  }
}

/** The failure value for an error of the file system. */
export function failureOf(error: unknown): WriteFailure {
  const code = systemCode(error);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return failure('no-space', 'no space is left on the disk', code);
    case 'EROFS':
      return failure('read-only', 'the file system is read-only', code);
    case 'EACCES':
    case 'EPERM':
      return failure('not-allowed', 'this user may not write there', code);
    case 'EISDIR':
    case 'ENOTDIR':
      return failure('not-a-file', 'a folder or file of the path is of the wrong kind', code);
    default:
      return failure('other', `the system says ${code}`, code);
  }
}

function judge(edit: FileEdit, now: Snapshot): 'write' | 'unchanged' | WriteFailure {
  switch (now.kind) {
    case 'not-a-file':
      return failure('not-a-file', 'there is something else than a file', null);
    case 'unreadable':
      return failureOf({ code: now.code });
    case 'absent':
      return edit.before === null ? 'write' : changedMeanwhile;
    case 'file': {
      if (now.bytes.equals(Buffer.from(edit.after, 'utf8'))) return 'unchanged';
      if (edit.before === null) return changedMeanwhile;
      if (!now.bytes.equals(Buffer.from(edit.before, 'utf8'))) {
        const garbled = now.bytes.toString('utf8') === edit.before;
        return garbled ? failure('not-utf8', 'it holds bytes that are not UTF-8', null) : changedMeanwhile;
      }
      return (now.mode & 0o222) === 0 ? failure('read-only', 'it is marked read-only', null) : 'write';
    }
  }
}

/** Takes the name only if nobody has it; false where the file system has no hard links. Throws EEXIST when it is taken. */
function linkIfFree(temporary: string, path: string): boolean {
  try {
    fs.linkSync(temporary, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw error;
    return false;
  }
}

function keepOwner(descriptor: number, owner: { user: number; group: number }) {
  const own = fs.fstatSync(descriptor);
  if (own.uid === owner.user && own.gid === owner.group) return;
  try {
    fs.fchownSync(descriptor, owner.user, owner.group);
  } catch {
    // Only a privileged user may give files away; the content matters more.
  }
}

/** Makes the rename last through a power cut where the platform lets folders be opened. */
function syncFolder(folder: string) {
  try {
    const descriptor = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    // Windows has no such call.
  }
}

function failure(reason: WriteFailure['reason'], why: string, code: string | null): WriteFailure {
  return { kind: 'failed', reason, code, why };
}

const leadsOut = failure('leads-out', 'a symbolic link on the way leads out of the checkout', null);
const changedMeanwhile = failure('changed-meanwhile', 'somebody else changed it meanwhile', null);
