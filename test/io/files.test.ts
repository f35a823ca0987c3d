import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileReader } from '../../src/io/files.ts';
import { emptyFolder } from './support/folder.ts';

describe('reading', () => {
  test('gives a file as it is, byte order mark and line ends kept', () => {
    const path = join(emptyFolder(), 'a');
    writeFileSync(path, '\ufeffa=1\r\nb=ü');
    expect(fileReader.read(path)).toEqual({ kind: 'text', text: '\ufeffa=1\r\nb=ü' });
  });

  test('follows links', () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a'), 'x');
    symlinkSync('a', join(folder, 'b'));
    expect(fileReader.read(join(folder, 'b'))).toEqual({ kind: 'text', text: 'x' });
  });

  test('tells what is no file, is absent or can not be read', () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a'), 'x');
    symlinkSync('loop', join(folder, 'loop'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    expect(fileReader.read(folder)).toEqual({ kind: 'not-a-file' });
    expect(fileReader.read(join(folder, 'b'))).toEqual({ kind: 'absent' });
    expect(fileReader.read(join(folder, 'a', 'b'))).toEqual({ kind: 'absent' });
    expect(fileReader.read(join(folder, 'dangling'))).toEqual({ kind: 'absent' });
    expect(fileReader.read(join(folder, 'loop'))).toEqual({ kind: 'unreadable', why: 'ELOOP' });
    expect(fileReader.read('a\0b').kind).toBe('unreadable');
    expect(fileReader.read('').kind).toBe('absent');
  });

  test.skipIf(process.platform === 'win32')('does not hang on devices', () => {
    expect(fileReader.read('/dev/zero')).toEqual({ kind: 'not-a-file' });
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('tells what it may not read', () => {
    const path = join(emptyFolder(), 'a');
    writeFileSync(path, 'x');
    chmodSync(path, 0);
    expect(fileReader.read(path)).toEqual({ kind: 'unreadable', why: 'EACCES' });
  });
});

test('listing gives names in order, folders told, links to folders too; nothing for what is no folder', () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'z'));
  writeFileSync(join(folder, 'b'), '');
  writeFileSync(join(folder, 'B'), '');
  symlinkSync('z', join(folder, 'link'));
  expect(fileReader.list(folder)).toContainEqual({ name: 'link', directory: true, link: true });
  expect(fileReader.list(folder)).toContainEqual({ name: 'b', directory: false });
  expect(fileReader.list(folder).at(-1)).toEqual({ name: 'z', directory: true });
  expect(fileReader.list(join(folder, 'b'))).toEqual([]);
  expect(fileReader.list(join(folder, 'nowhere'))).toEqual([]);
});
