import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import type { FileEdit } from '../../src/domain/plan.ts';
import { failureOf, placeFile, writeFileEdit } from '../../src/io/write-file.ts';
import { emptyFolder } from './support/folder.ts';

const posix = process.platform !== 'win32';
const modeOf = (path: string) => (posix ? statSync(path).mode & 0o777 : 0);
const edit = (path: string, before: string | null, after: string): FileEdit => ({
  path,
  before,
  after,
  mode: 0o600,
});

describe('a new file', () => {
  test('is for its owner only, like the folders made for it', () => {
    const folder = emptyFolder();
    const path = join(folder, 'x', 'y', '.npmrc');
    expect(writeFileEdit(edit(path, null, 'a=1\n'))).toEqual({ kind: 'written', path });
    expect(readFileSync(path, 'utf8')).toBe('a=1\n');
    expect(modeOf(path)).toBe(posix ? 0o600 : 0);
    expect(modeOf(join(folder, 'x'))).toBe(posix ? 0o700 : 0);
    expect(readdirSync(join(folder, 'x', 'y'))).toEqual(['.npmrc']);
  });

  test('does not replace one that came meanwhile', () => {
    const path = join(emptyFolder(), '.npmrc');
    writeFileSync(path, 'other');
    expect(writeFileEdit(edit(path, null, 'a=1'))).toMatchObject({ reason: 'changed-meanwhile' });
    expect(readFileSync(path, 'utf8')).toBe('other');
  });
});

describe('an existing file', () => {
  test('is replaced and keeps its mode', () => {
    const folder = emptyFolder();
    const path = join(folder, '.npmrc');
    writeFileSync(path, 'a=1\r\n');
    chmodSync(path, 0o640);
    expect(writeFileEdit(edit(path, 'a=1\r\n', 'a=2\r\n'))).toEqual({ kind: 'written', path });
    expect(readFileSync(path, 'utf8')).toBe('a=2\r\n');
    expect(modeOf(path)).toBe(posix ? 0o640 : 0);
    expect(readdirSync(folder)).toEqual(['.npmrc']);
  });

  test('is not touched when nothing changes', () => {
    const path = join(emptyFolder(), '.npmrc');
    writeFileSync(path, 'a=1');
    utimesSync(path, 1000, 1000);
    const before = lstatSync(path);
    expect(writeFileEdit(edit(path, 'a=1', 'a=1'))).toEqual({ kind: 'unchanged', path });
    expect(writeFileEdit(edit(path, 'something else', 'a=1'))).toEqual({ kind: 'unchanged', path });
    expect(lstatSync(path)).toMatchObject({ mtimeMs: before.mtimeMs, ino: before.ino });
  });

  test.each([
    ['was changed', 'a=1', 'a=1\nb=2', 'changed-meanwhile'],
    ['lost its byte order mark', '\ufeffa=1', 'a=1', 'changed-meanwhile'],
  ])('that %s meanwhile is left', (_, before, now, reason) => {
    const folder = emptyFolder();
    const path = join(folder, '.npmrc');
    writeFileSync(path, now);
    expect(writeFileEdit(edit(path, before, 'new'))).toMatchObject({ kind: 'failed', reason });
    expect(readFileSync(path, 'utf8')).toBe(now);
    expect(readdirSync(folder)).toEqual(['.npmrc']);
  });

  test('that went meanwhile does not come back', () => {
    const folder = emptyFolder();
    expect(writeFileEdit(edit(join(folder, 'a'), 'x', 'y'))).toMatchObject({ reason: 'changed-meanwhile' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that changes in the last moment is left, and the temporary file goes', () => {
    const folder = emptyFolder();
    const path = join(folder, 'a');
    writeFileSync(path, 'theirs');
    const write = placeFile({
      path,
      bytes: Buffer.from('ours'),
      mode: 0o600,
      owner: null,
      lasting: true,
      expected: () => false,
    });
    expect(write).toMatchObject({ reason: 'changed-meanwhile' });
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('that is not UTF-8 keeps its bytes', () => {
    const path = join(emptyFolder(), 'a');
    const bytes = Buffer.from([0x61, 0xff, 0x62]);
    writeFileSync(path, bytes);
    expect(writeFileEdit(edit(path, bytes.toString('utf8'), 'x'))).toMatchObject({ reason: 'not-utf8' });
    expect(readFileSync(path)).toEqual(bytes);
  });

  test('that is marked read-only is left', () => {
    const path = join(emptyFolder(), 'a');
    writeFileSync(path, 'x');
    chmodSync(path, 0o444);
    expect(writeFileEdit(edit(path, 'x', 'y'))).toMatchObject({ kind: 'failed', reason: 'read-only' });
    expect(readFileSync(path, 'utf8')).toBe('x');
    chmodSync(path, 0o644);
  });
});

describe('a link', () => {
  test('stays, its target is written', () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'dotfiles'));
    const target = join(folder, 'dotfiles', 'npmrc');
    writeFileSync(target, 'a');
    symlinkSync(join('dotfiles', 'npmrc'), join(folder, 'one'));
    symlinkSync('one', join(folder, '.npmrc'));
    expect(writeFileEdit(edit(join(folder, '.npmrc'), 'a', 'b'))).toEqual({ kind: 'written', path: target });
    expect(readlinkSync(join(folder, '.npmrc'))).toBe('one');
    expect(readFileSync(target, 'utf8')).toBe('b');
    expect(readdirSync(join(folder, 'dotfiles'))).toEqual(['npmrc']);
  });

  test('to nothing yet leads to the new file', () => {
    const folder = emptyFolder();
    symlinkSync(join('later', 'npmrc'), join(folder, '.npmrc'));
    const target = join(folder, 'later', 'npmrc');
    expect(writeFileEdit(edit(join(folder, '.npmrc'), null, 'b'))).toEqual({ kind: 'written', path: target });
    expect(lstatSync(join(folder, '.npmrc')).isSymbolicLink()).toBe(true);
  });

  test('that leads to itself is a failure', () => {
    const path = join(emptyFolder(), 'a');
    symlinkSync('a', path);
    expect(writeFileEdit(edit(path, null, 'b'))).toMatchObject({ kind: 'failed', reason: 'not-a-file' });
  });
});

test.each([
  ['a folder', (folder: string) => folder],
  [
    'something below a file',
    (folder: string) => {
      writeFileSync(join(folder, 'file'), '');
      return join(folder, 'file', 'a');
    },
  ],
])('%s can not be written', (_, pathIn) => {
  const folder = emptyFolder();
  const write = writeFileEdit(edit(pathIn(folder), null, 'x'));
  expect(write).toMatchObject({ kind: 'failed', reason: 'not-a-file' });
});

test.skipIf(!posix || process.getuid?.() === 0)('a folder without the right to write is a failure', () => {
  const folder = emptyFolder();
  chmodSync(folder, 0o500);
  expect(writeFileEdit(edit(join(folder, 'a'), null, 'x'))).toMatchObject({
    reason: 'not-allowed',
    code: 'EACCES',
  });
  chmodSync(folder, 0o700);
});

test.each([
  ['ENOSPC', 'no-space'],
  ['EDQUOT', 'no-space'],
  ['EROFS', 'read-only'],
  ['EACCES', 'not-allowed'],
  ['EPERM', 'not-allowed'],
  ['EISDIR', 'not-a-file'],
  ['EIO', 'other'],
])('%s is the failure %s', (code, reason) => {
  expect(failureOf(Object.assign(new Error('x'), { code }))).toMatchObject({ kind: 'failed', reason, code });
});

describe('writers at the same time', () => {
  /** Runs the same race in several threads: each writes its own text by way of the same steps. */
  const race = async (path: string, before: string | null, count: number): Promise<string[]> => {
    const module = new URL('../../src/io/write-file.ts', import.meta.url).href;
    const { build } = await import('esbuild');
    const bundled = await build({
      stdin: {
        contents: `import { workerData, parentPort } from 'node:worker_threads';
          import { writeFileEdit } from ${JSON.stringify(new URL(module).pathname.replace(/^\/([A-Za-z]:)/, '$1'))};
          const { gate, ...edit } = workerData;
          Atomics.wait(new Int32Array(gate), 0, 0, 5000);
          const end = writeFileEdit(edit);
          parentPort.postMessage(end.kind === 'failed' ? end.reason : end.kind);`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
    });
    const gate = new SharedArrayBuffer(4);
    const ends = Array.from({ length: count }, (_, index) => {
      const after = `${index}`.repeat(10_000);
      const worker = new Worker(bundled.outputFiles[0]?.text ?? '', {
        eval: true,
        workerData: { gate, path, before, after, mode: 0o600 },
      });
      return new Promise<string>((resolve, reject) => worker.on('message', resolve).on('error', reject));
    });
    Atomics.store(new Int32Array(gate), 0, 1);
    Atomics.notify(new Int32Array(gate), 0);
    return Promise.all(ends);
  };

  test('of a new file: one wins, the others are told, nothing is mixed', async () => {
    const folder = emptyFolder();
    const path = join(folder, '.npmrc');
    const ends = await race(path, null, 6);
    expect(ends.toSorted()).toEqual([...Array(5).fill('changed-meanwhile'), 'written']);
    expect(readFileSync(path, 'utf8')).toBe(`${ends.indexOf('written')}`.repeat(10_000));
    expect(readdirSync(folder)).toEqual(['.npmrc']);
  });

  test('of an existing file: each text is whole, and nothing else stays', async () => {
    const folder = emptyFolder();
    const path = join(folder, '.npmrc');
    writeFileSync(path, 'start');
    const ends = await race(path, 'start', 6);
    expect(ends).toContain('written');
    expect(readFileSync(path, 'utf8')).toMatch(/^(\d)\1{9999}$/);
    expect(readdirSync(folder)).toEqual(['.npmrc']);
  });
});
