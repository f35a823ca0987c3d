import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileEdit } from '../../src/domain/plan.ts';
import { digestOf, entryName, entryText } from '../../src/io/journal-entry.ts';
import { createRestoreJournal } from '../../src/io/restore-journal.ts';
import { writeFileEdit } from '../../src/io/write-file.ts';
import { emptyFolder } from './support/folder.ts';

const posix = process.platform !== 'win32';
const edit = (path: string, before: string | null, after: string): FileEdit => ({
  path,
  before,
  after,
  mode: 0o600,
});

function world() {
  const folder = emptyFolder();
  const state = join(folder, 'state', 'npmrc-preflight');
  const home = join(folder, 'home');
  mkdirSync(home);
  return { folder, state, home, rc: join(home, '.npmrc'), journal: createRestoreJournal(state) };
}

test('a journal that another run took away empty at the same moment is made again', () => {
  const { rc, state, journal } = world();
  const own = fs.chmodSync;
  let taken = 0;
  fs.chmodSync = (path, mode) => {
    if (path === state && taken === 0) {
      taken += 1;
      fs.rmdirSync(state);
    }
    own(path, mode);
  };
  syncBuiltinESMExports();
  try {
    expect(journal.write(edit(rc, null, 'b'))).toEqual({ kind: 'written', path: rc });
  } finally {
    fs.chmodSync = own;
    syncBuiltinESMExports();
  }
  expect(taken).toBe(1);
  expect(createRestoreJournal(state).restoreAll()).toEqual([{ path: rc, result: 'removed', why: null }]);
});

describe('restoring gives back', () => {
  test('bytes and mode', () => {
    const { rc, state, journal } = world();
    writeFileSync(rc, '\ufeffa=1\r\n');
    chmodSync(rc, 0o640);
    expect(journal.write(edit(rc, '\ufeffa=1\r\n', 'b'))).toEqual({ kind: 'written', path: rc });
    expect(readFileSync(rc, 'utf8')).toBe('b');
    expect(createRestoreJournal(state).restoreAll()).toEqual([{ path: rc, result: 'restored', why: null }]);
    expect(readFileSync(rc, 'utf8')).toBe('\ufeffa=1\r\n');
    if (posix) expect(statSync(rc).mode & 0o777).toBe(0o640);
    expect(existsSync(state)).toBe(false);
  });

  test('absence, of the folders made for it too, unless they are used', () => {
    const { home, journal } = world();
    const [one, two] = [join(home, 'x', 'y', 'a'), join(home, 'z', 'b')];
    journal.write(edit(one, null, '1'));
    journal.write(edit(two, null, '2'));
    writeFileSync(join(home, 'z', 'mine'), '');
    expect(journal.restoreAll().map(({ result }) => result)).toEqual(['removed', 'removed']);
    expect(readdirSync(home)).toEqual(['z']);
    expect(readdirSync(join(home, 'z'))).toEqual(['mine']);
  });

  test('absence of a home that the journal was the first to need', () => {
    const folder = emptyFolder();
    const home = join(folder, 'absent', 'home');
    const [state, rc] = [join(home, '.npmrc-preflight'), join(home, '.npmrc')];
    createRestoreJournal(state).write(edit(rc, null, 'a'));
    createRestoreJournal(state).write(edit(join(folder, 'elsewhere'), null, 'b'));
    expect(
      createRestoreJournal(state)
        .restoreAll()
        .map(({ result }) => result),
    ).toEqual(['removed', 'removed']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a home that was empty, and one that somebody used meanwhile, stay', () => {
    const { home } = world();
    const state = join(home, '.npmrc-preflight');
    createRestoreJournal(state).write(edit(join(home, '.npmrc'), null, 'a'));
    createRestoreJournal(state).restoreAll();
    expect(readdirSync(home)).toEqual([]);
    const later = join(emptyFolder(), 'home');
    createRestoreJournal(join(later, 'state')).write(edit(join(later, '.npmrc'), null, 'a'));
    writeFileSync(join(later, 'mine'), '');
    createRestoreJournal(join(later, 'state')).restoreAll();
    expect(readdirSync(later)).toEqual(['mine']);
  });

  test('absence where nothing could be written', () => {
    const folder = emptyFolder();
    const home = join(folder, 'home');
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    expect(createRestoreJournal(join(home, 'state')).write(edit(taken, null, 'a'))).toMatchObject({
      kind: 'failed',
    });
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  test('the target of a link; the link stays', () => {
    const { home, rc, journal } = world();
    writeFileSync(join(home, 'real'), 'a');
    symlinkSync('real', rc);
    journal.write(edit(rc, 'a', 'b'));
    journal.restoreAll();
    expect(readFileSync(join(home, 'real'), 'utf8')).toBe('a');
    expect(readFileSync(rc, 'utf8')).toBe('a');
  });

  test('the first original after several runs', () => {
    const { rc, state, journal } = world();
    writeFileSync(rc, 'a');
    journal.write(edit(rc, 'a', 'b'));
    createRestoreJournal(state).write(edit(rc, 'b', 'c'));
    createRestoreJournal(state).write(edit(rc, 'c', 'c'));
    expect(journal.restoreAll()).toMatchObject([{ result: 'restored' }]);
    expect(readFileSync(rc, 'utf8')).toBe('a');
  });

  test('nothing the second time', () => {
    const { rc, journal } = world();
    writeFileSync(rc, 'a');
    journal.write(edit(rc, 'a', 'b'));
    journal.restoreAll();
    writeFileSync(rc, 'later');
    expect(journal.restoreAll()).toEqual([]);
    expect(readFileSync(rc, 'utf8')).toBe('later');
  });

  test('nothing when nothing was written', () => {
    const { rc, state, journal } = world();
    writeFileSync(rc, 'a');
    expect(journal.restoreAll()).toEqual([]);
    expect(journal.write(edit(rc, 'a', 'a'))).toEqual({ kind: 'unchanged', path: rc });
    expect(existsSync(state)).toBe(false);
  });
});

describe('what somebody changed since', () => {
  test('is left and told; once it is as written again it can be restored', () => {
    const { rc, journal } = world();
    writeFileSync(rc, 'a');
    journal.write(edit(rc, 'a', 'b'));
    writeFileSync(rc, 'mine');
    expect(journal.restoreAll()).toEqual([
      { path: rc, result: 'left', why: 'it no longer holds what was written' },
    ]);
    expect(readFileSync(rc, 'utf8')).toBe('mine');
    writeFileSync(rc, 'b');
    expect(journal.restoreAll()).toMatchObject([{ result: 'restored' }]);
    expect(readFileSync(rc, 'utf8')).toBe('a');
  });

  test('and was written again afterwards goes back to the change', () => {
    const { rc, journal } = world();
    writeFileSync(rc, 'a');
    journal.write(edit(rc, 'a', 'b'));
    writeFileSync(rc, 'mine');
    journal.write(edit(rc, 'mine', 'mine+b'));
    expect(journal.restoreAll()).toMatchObject([{ result: 'restored' }]);
    expect(readFileSync(rc, 'utf8')).toBe('mine');
  });

  test.each([
    ['removed', (rc: string) => rmSync(rc)],
    [
      'made a folder',
      (rc: string) => {
        rmSync(rc);
        mkdirSync(rc);
      },
    ],
    [
      'made a link',
      (rc: string) => {
        rmSync(rc);
        symlinkSync('elsewhere', rc);
      },
    ],
  ])('by being %s is left', (_, change) => {
    const { rc, journal } = world();
    writeFileSync(rc, 'a');
    journal.write(edit(rc, 'a', 'b'));
    change(rc);
    expect(journal.restoreAll()).toMatchObject([{ result: 'left' }]);
  });

  test('by being removed is right where there was nothing before', () => {
    const { rc, journal } = world();
    journal.write(edit(rc, null, 'b'));
    rmSync(rc);
    expect(journal.restoreAll()).toEqual([{ path: rc, result: 'untouched', why: null }]);
  });
});

describe('after a kill', () => {
  test.each(['a', null])('between journal and file (%j before) nothing is lost', (before) => {
    const { rc, state, journal } = world();
    if (before !== null) writeFileSync(rc, before);
    expect(journal.record(edit(rc, before, 'b'))).toBeNull();
    const again = createRestoreJournal(state);
    expect(again.restoreAll()).toEqual([{ path: rc, result: 'untouched', why: null }]);
    expect(existsSync(rc) ? readFileSync(rc, 'utf8') : null).toBe(before);
  });

  test('in a second run, on either side of the write, the first original comes back', () => {
    for (const written of [false, true]) {
      const { rc, state, journal } = world();
      writeFileSync(rc, 'a');
      journal.write(edit(rc, 'a', 'b'));
      journal.record(edit(rc, 'b', 'c'));
      if (written) writeFileEdit(edit(rc, 'b', 'c'));
      expect(createRestoreJournal(state).restoreAll()).toMatchObject([{ result: 'restored' }]);
      expect(readFileSync(rc, 'utf8')).toBe('a');
    }
  });

  test('between the restored file and the end of its entry, restoring again is harmless', () => {
    const { rc, state, journal } = world();
    writeFileSync(rc, 'a');
    journal.write(edit(rc, 'a', 'b'));
    writeFileSync(rc, 'a');
    expect(createRestoreJournal(state).restoreAll()).toMatchObject([{ result: 'untouched' }]);
    expect(existsSync(state)).toBe(false);
  });
});

describe('a write that fails', () => {
  test('leaves no entry behind', () => {
    const { rc, journal } = world();
    writeFileSync(rc, 'changed');
    expect(journal.write(edit(rc, 'a', 'b'))).toMatchObject({ reason: 'changed-meanwhile' });
    expect(journal.restoreAll()).toEqual([]);
    expect(readFileSync(rc, 'utf8')).toBe('changed');
  });

  test('for want of a journal writes nothing', () => {
    const { folder, rc } = world();
    writeFileSync(join(folder, 'file'), '');
    const journal = createRestoreJournal(join(folder, 'file', 'state'));
    writeFileSync(rc, 'a');
    expect(journal.write(edit(rc, 'a', 'b'))).toMatchObject({ kind: 'failed', reason: 'no-journal' });
    expect(readFileSync(rc, 'utf8')).toBe('a');
    expect(journal.restoreAll()).toEqual([]);
  });

  test('because the journal is a link writes nothing', () => {
    const { folder, rc } = world();
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync('elsewhere', join(folder, 'link'));
    const journal = createRestoreJournal(join(folder, 'link'));
    expect(journal.write(edit(rc, null, 'b'))).toMatchObject({ reason: 'no-journal' });
    expect(existsSync(rc)).toBe(false);
  });
});

test.skipIf(!posix)('the journal is for its owner only, also in a folder that was open to others', () => {
  const { rc, state, journal } = world();
  mkdirSync(state, { recursive: true, mode: 0o777 });
  chmodSync(state, 0o777);
  writeFileSync(rc, '//h/:_authToken=old-secret');
  journal.write(edit(rc, '//h/:_authToken=old-secret', 'b'));
  expect(statSync(state).mode & 0o777).toBe(0o700);
  const names = readdirSync(state);
  expect(names).toHaveLength(1);
  for (const name of names) expect(statSync(join(state, name)).mode & 0o777).toBe(0o600);
});

describe('a journal file that is not ours is ignored, and told', () => {
  const path = posix ? '/etc/target' : 'C:\\target';
  const good = {
    path,
    original: null,
    wrote: [digestOf(Buffer.from('x'))],
    madeFolder: null,
    madeForJournal: null,
  };
  const changed = (change: object) => JSON.stringify({ ...JSON.parse(entryText(good)), ...change });

  test.each([
    ['garbage', entryName(path), '{{{'],
    ['an empty file', entryName(path), ''],
    ['a list', entryName(path), '[]'],
    ['null', entryName(path), 'null'],
    ['another schema', entryName(path), changed({ schema: 2 })],
    ['a relative path', entryName('../x'), changed({ path: '../x' })],
    ['a path with dots', entryName(`${path}/../x`), changed({ path: `${path}/../x` })],
    ['a path with a zero', entryName(`${path}\0`), changed({ path: `${path}\0` })],
    ['a path that is no text', entryName(path), changed({ path: 5 })],
    ['the name of another path', entryName(`${path}2`), changed({})],
    ['digests that are none', entryName(path), changed({ wrote: [1] })],
    ['no digests', entryName(path), changed({ wrote: 'x' })],
    ['a folder elsewhere', entryName(path), changed({ madeFolder: posix ? '/usr' : 'D:\\' })],
    ['a folder that does not hold it', entryName(path), changed({ madeForJournal: posix ? '/usr' : 'D:\\' })],
    ['an original that is none', entryName(path), changed({ original: { base64: '§', mode: 1 } })],
    ['a mode that is none', entryName(path), changed({ original: { base64: '', mode: -1 } })],
    ['prototypes', entryName(path), '{"__proto__":{"schema":1},"path":"/x"}'],
  ])('%s', (_, name, text) => {
    const { state, journal } = world();
    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, name), text);
    expect(journal.restoreAll()).toMatchObject([{ path: join(state, name), result: 'ignored' }]);
    expect(readFileSync(join(state, name), 'utf8')).toBe(text);
  });

  test('and the others are restored all the same', () => {
    const { rc, state, journal } = world();
    writeFileSync(rc, 'a');
    journal.write(edit(rc, 'a', 'b'));
    writeFileSync(join(state, 'junk.json'), 'junk');
    mkdirSync(join(state, 'folder.json'));
    const results = journal.restoreAll().map(({ result }) => result);
    expect(results.toSorted()).toEqual(['ignored', 'ignored', 'restored']);
    expect(readFileSync(rc, 'utf8')).toBe('a');
  });
});
