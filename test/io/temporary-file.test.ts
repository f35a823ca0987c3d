import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createRestoreJournal } from '../../src/io/restore-journal.ts';
import { sweepTemporaries, temporaryIn } from '../../src/io/temporary-file.ts';
import { writeFileEdit } from '../../src/io/write-file.ts';
import { emptyFolder } from './support/folder.ts';

const here = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const elsewhere = here === '00000000' ? '11111111' : '00000000';

/** The number of a process that has ended. */
const ended = spawnSync(process.execPath, ['--version']).pid;
const nameOf = (host: string, pid: number) => `.npmrc-preflight-${host}-${pid}-0123456789abcdef.tmp`;
const old = new Date(Date.now() - 2 * 3_600_000);

function file(folder: string, name: string, time?: Date): string {
  const path = join(folder, name);
  writeFileSync(path, 'half a fi');
  if (time) utimesSync(path, time, time);
  return path;
}

test.each([
  ['of an ended process', nameOf(here, ended), undefined],
  ['of another host, hours old', nameOf(elsewhere, process.pid), old],
  ['of a process whose number is in use again, hours old', nameOf(here, process.pid), old],
])('a temporary file %s is swept', (_, name, time) => {
  const folder = emptyFolder();
  const path = file(folder, name, time);
  sweepTemporaries(folder);
  expect(existsSync(path)).toBe(false);
});

test.each([
  ['of a running process', nameOf(here, process.pid), undefined],
  ['of another host', nameOf(elsewhere, ended), undefined],
  ['with another name', `x${nameOf(here, ended)}`, old],
  ['with more behind its name', `${nameOf(here, ended)}.bak`, old],
  ['of an editor', '.npmrc.tmp', old],
  ['of no process', '.npmrc-preflight-notes.tmp', old],
])('a file %s stays', (_, name, time) => {
  const folder = emptyFolder();
  const path = file(folder, name, time);
  sweepTemporaries(folder);
  expect(existsSync(path)).toBe(true);
});

test('a folder or a link of such a name stays, and what the link leads to', () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, nameOf(here, ended)));
  file(folder, 'mine', old);
  symlinkSync('mine', join(folder, nameOf(elsewhere, 1)));
  sweepTemporaries(folder);
  expect(readdirSync(folder).sort()).toEqual([nameOf(elsewhere, 1), nameOf(here, ended), 'mine'].sort());
});

test.runIf(process.getuid?.() === 0)('a file of another user stays', () => {
  const folder = emptyFolder();
  const path = file(folder, nameOf(here, ended), old);
  chownSync(path, 65_534, 65_534);
  sweepTemporaries(folder);
  expect(existsSync(path)).toBe(true);
});

test('a folder that is not there is no error', () => {
  expect(() => sweepTemporaries(join(emptyFolder(), 'nowhere'))).not.toThrow();
});

test('names are of the swept form, and never the same', () => {
  const folder = emptyFolder();
  const names = [temporaryIn(folder), temporaryIn(folder)];
  expect(new Set(names).size).toBe(2);
  for (const name of names) {
    expect(dirname(name)).toBe(folder);
    expect(basename(name)).toContain(`-${here}-${process.pid}-`);
    file(folder, basename(name), old);
  }
  sweepTemporaries(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('the next write and restore sweep', () => {
  const folder = emptyFolder();
  const path = join(folder, '.npmrc');
  const state = join(folder, 'state');
  file(folder, nameOf(here, ended));
  expect(writeFileEdit({ path, before: null, after: 'a', mode: 0o600 }).kind).toBe('written');
  expect(readdirSync(folder)).toEqual(['.npmrc']);
  const journal = createRestoreJournal(state);
  journal.write({ path, before: 'a', after: 'b', mode: 0o600 });
  file(folder, nameOf(here, ended));
  file(state, nameOf(here, ended));
  journal.restoreAll();
  expect(readdirSync(folder)).toEqual(['.npmrc']);
});
