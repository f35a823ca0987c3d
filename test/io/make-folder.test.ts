import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../src/io/make-folder.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('makes what is missing, and leaves what is there', () => {
  makeFolder(join(folder, 'a', 'b', 'c'), 0o700);
  makeFolder(join(folder, 'a', 'b', 'c'), 0o755);
  expect(statSync(join(folder, 'a', 'b', 'c')).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
});

it.skipIf(process.platform === 'win32')('goes through links to folders', () => {
  mkdirSync(join(folder, 'real'));
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  makeFolder(join(folder, 'link', 'below'), 0o755);
  expect(statSync(join(folder, 'real', 'below')).isDirectory()).toBe(true);
});

it('throws where a file is in the way', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => makeFolder(join(folder, 'file', 'below'), 0o755)).toThrow(/ENOTDIR|EEXIST|ENOENT/);
});

it.runIf(process.platform === 'linux')('ends where the system lets nobody make a folder', () => {
  expect(() => makeFolder('/proc/no-such-folder/below', 0o755)).toThrow(/ENOENT|EACCES|EPERM/);
});
