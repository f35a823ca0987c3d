import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBunLock } from '../../src/project/bun-lock.ts';
import type { ResolvedLock } from '../../src/project/resolved-lock.ts';
import { type MemoryFile, memoryFiles } from '../support/memory-files.ts';
import { project } from './reading.ts';

/** Lockfiles written by Bun 1.4.5 (`version-0` by 1.1.45, `version-1` by 1.2.0) against a registry in GitLab's shape; `public.example` stands for the one without scopes. */
const fixtures = join(import.meta.dirname, 'fixtures', 'bun');
const gitlab = 'https://gitlab.example.com/api/v4/projects';

function reading(text: MemoryFile) {
  return readBunLock(memoryFiles({ '/p/bun.lock': text }), resolve('/p'));
}

function lockOf(text: string): ResolvedLock {
  const result = reading(text);
  if (result.kind !== 'lock') throw new Error(JSON.stringify(result));
  return result.lock;
}

function fixture(name: string): ResolvedLock {
  return lockOf(readFileSync(join(fixtures, name, 'bun.lock'), 'utf8'));
}

/** A lockfile with one workspace and these entries. */
function written(packages: string, dependencies = '{ "@acme/ui": "1" }', version = '1'): string {
  return `{ "lockfileVersion": ${version}, "workspaces": { "": { "dependencies": ${dependencies} } }, "packages": {${packages}} }`;
}

function problemOf(text: MemoryFile) {
  const result = reading(text);
  if (result.kind !== 'unreadable') throw new Error(`not unreadable but ${result.kind}`);
  const { line, column, message, hint } = result.problem;
  return { place: `${line}:${column}`, message, hint };
}

function edges(lock: ResolvedLock, key: string): string[] {
  return (lock.packages.get(key)?.edges ?? []).map(
    ({ installName, to, kind }) => `${kind} ${installName} -> ${to}`,
  );
}

describe('a lockfile of one package', () => {
  const lock = fixture('single');

  it('names its format and version', () => {
    expect(lock.lockfile).toEqual({ path: 'bun.lock', format: 'bun-lock', version: 2 });
  });

  it('gives name, tarball, integrity and place of each entry, in the order of the file', () => {
    expect([...lock.packages.keys()]).toEqual([
      '@acme/direct',
      '@acme/opt',
      '@acme/peer',
      '@acme/trans',
      'left',
      'my-alias',
      '@acme/direct/@acme/trans',
      'my-alias/@acme/direct',
    ]);
    expect(lock.packages.get('my-alias')).toMatchObject({
      name: '@acme/ui',
      version: '1.4.0',
      from: 'registry',
      tarball: `${gitlab}/101/packages/npm/@acme/ui/-/@acme/ui-1.4.0.tgz`,
      integrity: 'sha1-fEMVfEpXowP3/ZyNI5+LdwZpa0A=',
      position: { line: 32, column: 6 },
    });
  });

  it('looks a name up below the package first, then at the root', () => {
    expect(edges(lock, '@acme/direct')).toEqual([
      'prod @acme/trans -> @acme/direct/@acme/trans',
      'prod left -> left',
      'optional @acme/opt -> @acme/opt',
    ]);
    expect(edges(lock, 'my-alias/@acme/direct')).toEqual([
      'prod @acme/trans -> @acme/trans',
      'prod left -> left',
    ]);
  });

  it('keeps peers, those that need not be there too', () => {
    expect(edges(lock, '@acme/peer')).toEqual(['peer @acme/trans -> @acme/trans', 'peer left -> left']);
  });

  it.each([
    ['@acme/direct', '^1.0.0', '@acme/direct'],
    ['my-alias', 'npm:@acme/ui@^1.4.0', 'my-alias'],
    ['@acme/peer', '1.0.0', '@acme/peer'],
    ['@acme/opt', '1.0.0', '@acme/opt'],
    ['@acme/direct', '^2.0.0', null],
    ['right', '*', null],
    ['toString', '*', null],
  ])('%s at %s is %s', (name, requested, key) => {
    expect(lock.resolve('', name, requested)).toBe(key);
  });
});

describe('workspaces', () => {
  const lock = fixture('workspaces');

  it.each([
    ['', 'left', '2.0.0', 'left'],
    ['apps/web', 'left', 'catalog:old', 'web/left'],
    ['apps/web', '@acme/direct', 'catalog:', 'web/@acme/direct'],
    ['apps/web', 'lib', 'workspace:*', 'lib'],
    ['packages/lib', '@acme/direct', '1.1.0', '@acme/direct'],
    ['packages/lib', 'left', '^1.0.0', 'lib/left'],
    ['packages/lib', 'left', '2.0.0', null],
    ['packages/new', 'left', '2.0.0', null],
    ['apps/web', '@acme/peer', '*', null],
  ])('%j gets %s at %s from %s', (location, name, requested, key) => {
    expect(lock.resolve(location, name, requested)).toBe(key);
  });

  it('lists the workspaces as such, without edges of their own', () => {
    expect(lock.packages.get('lib')).toMatchObject({ from: 'workspace', tarball: null, edges: [] });
  });

  it('looks up from a package deep in a workspace', () => {
    expect(edges(lock, 'web/@acme/direct')).toEqual([
      'prod @acme/trans -> web/@acme/direct/@acme/trans',
      'prod left -> web/@acme/direct/left',
    ]);
    expect(edges(lock, 'web/@acme/direct/left')).toEqual(['prod right -> right']);
  });
});

describe('what is no version of a registry', () => {
  const lock = fixture('specs');

  it.each([
    [
      'tarred',
      {
        name: '@acme/direct',
        version: '',
        from: 'url',
        tarball: `${gitlab}/101/packages/npm/@acme/direct/-/@acme/direct-1.0.0.tgz`,
      },
    ],
    ['folder', { name: 'folder', from: 'file', tarball: null, integrity: null }],
    ['linked', { name: 'folder', from: 'file', tarball: null }],
  ])('%s', (key, expected) => {
    expect(lock.packages.get(key)).toMatchObject(expected);
  });

  it('follows the packages of a folder and of a tarball', () => {
    expect(edges(lock, 'folder')).toEqual(['prod @acme/trans -> @acme/trans']);
    expect(edges(lock, 'tarred')).toEqual(['prod @acme/trans -> @acme/trans', 'prod left -> left']);
  });

  it.each([
    ['"a@git+ssh://git@gitlab.example.com/acme/a.git#1f2e", {}, "1f2e"', 'git'],
    ['"a@git@gitlab.example.com:acme/a.git#1f2e", {}, "1f2e"', 'git'],
    ['"a@github:acme/a#1f2e", {}, "acme-a-1f2e", "sha512-AA=="', 'git'],
    ['"a@vendor/a-1.0.0.tgz", {}, "sha512-AA=="', 'file'],
    ['"a@http://files.example/a.tgz", {}, "sha512-AA=="', 'url'],
    ['"a@workspace:packages/a"', 'workspace'],
    ['"a@root:", { "bin": "a.js" }', 'workspace'],
  ])('[%s] is from %s', (entry, from) => {
    const lock = lockOf(written(`"a": [${entry}]`));
    expect(lock.packages.get('a')).toMatchObject({ name: 'a', version: '', from });
  });
});

it('takes the package of an override', () => {
  const lock = fixture('overrides');
  expect(lock.packages.get('left')).toMatchObject({ name: 'gl-plain', version: '1.0.0' });
  expect(edges(lock, '@acme/direct')).toContain('prod left -> left');
});

it('fetches a peer that need not be there where the lockfile has it, in production too', () => {
  const asks =
    '{ "peerDependencies": { "@acme/ui": "1", "@acme/gone": "1" }, "optionalPeers": ["@acme/ui", "@acme/gone"] }';
  const files = {
    'package.json': { dependencies: { plain: '1.0.0' } },
    'bun.lock': written(
      `"plain": ["plain@1.0.0", "", ${asks}, ""], "@acme/ui": ["@acme/ui@1.0.0", "", {}, ""], "@acme/left": ["@acme/left@1.0.0", "", {}, ""]`,
      '{ "plain": "1.0.0" }',
    ),
  };
  const { dependencies } = project(files);
  expect(dependencies.map(({ name, reachedBy }) => [name, reachedBy])).toEqual([
    ['plain', [['prod']]],
    ['@acme/ui', [['prod', 'peer']]],
  ]);
});

it('has no tarball where the lockfile leaves the address to the registry, and no integrity where it is empty', () => {
  const lock = lockOf(written('"@acme/ui": ["@acme/ui@1.0.0", "", {}, ""],'));
  expect(lock.packages.get('@acme/ui')).toMatchObject({ tarball: null, integrity: null });
});

it('leaves out what lies in the tarball of another package', () => {
  const lock = lockOf(
    written(
      '"a": ["a@1.0.0", "", { "dependencies": { "b": "1" } }, ""], "a/b": ["b@1.0.0", "", { "bundled": true }, ""]',
    ),
  );
  expect(edges(lock, 'a')).toEqual([]);
});

it('knows an address with a password without it', () => {
  const lock = lockOf(
    written('"a": ["a@https://u:p@files.example/a.tgz", {}]', '{ "a": "https://u:p@files.example/a.tgz" }'),
  );
  expect(lock.resolve('', 'a', 'https://…@files.example/a.tgz')).toBe('a');
});

it.each(['0', '1', '2', '3'])('reads lockfileVersion %s, with comments and a byte order mark', (version) => {
  const lock = lockOf(`\ufeff// kept\n${written('', '{}', version)}`);
  expect(lock.lockfile.version).toBe(Number(version));
});

it.each([0, 1])('reads what an earlier Bun wrote: lockfileVersion %s', (version) => {
  const lock = fixture(`version-${version}`);
  expect(lock.lockfile.version).toBe(version);
  expect(edges(lock, '@acme/direct')).toEqual(['prod @acme/trans -> @acme/trans', 'prod left -> left']);
  expect(lock.packages.get('lib')).toMatchObject({ from: 'workspace', edges: [] });
  expect(lock.resolve('packages/lib', 'left', '1.0.0')).toBe('left');
});

describe('unreadable', () => {
  const anew = 'write bun.lock anew with "bun install --lockfile-only"';

  it.each<[string, MemoryFile, { place: string; message: string | RegExp; hint: string | RegExp | null }]>([
    [
      'broken',
      '{\n  "lockfileVersion": 1,\n  "packages": {,}\n}',
      { place: '3:16', message: /^bun.lock is no valid JSON: expected a name/, hint: null },
    ],
    [
      'cut off',
      '{ "lockfileVersion": 1, "packages": {',
      { place: '1:38', message: /the file ends here/, hint: null },
    ],
    ['two commas', '{ "lockfileVersion": 1,, }', { place: '1:24', message: /expected a name/, hint: null }],
    [
      'a merge conflict',
      '{\n  "lockfileVersion": 1,\n<<<<<<< HEAD\n}',
      { place: '3:1', message: /has a merge conflict marker/, hint: /./ },
    ],
    ['no object', '[]', { place: '1:1', message: 'bun.lock holds no object', hint: anew }],
    [
      'no version',
      '{ "packages": {} }',
      { place: '1:1', message: 'bun.lock has no "lockfileVersion"', hint: anew },
    ],
    [
      'a version in words',
      '{ "lockfileVersion": "1" }',
      { place: '1:22', message: 'bun.lock: "lockfileVersion" is no whole number', hint: anew },
    ],
    [
      'a newer version',
      '{ "lockfileVersion": 4 }',
      {
        place: '1:22',
        message: 'bun.lock: lockfileVersion 4 is not known to this check, which reads 0 to 3',
        hint: /update npmrc-preflight/,
      },
    ],
    [
      'packages as a list',
      '{ "lockfileVersion": 1, "packages": [] }',
      { place: '1:37', message: 'bun.lock: "packages" is an array, not an object', hint: anew },
    ],
    [
      'an entry as an object',
      written('\n"a": {}'),
      {
        place: '2:6',
        message: 'bun.lock has an entry that is no list with a name and a version',
        hint: anew,
      },
    ],
    [
      'an entry without a version',
      written('\n"a": ["a"]'),
      {
        place: '2:6',
        message: 'bun.lock has an entry that is no list with a name and a version',
        hint: anew,
      },
    ],
    [
      'a name without end',
      written(`\n"${'a/'.repeat(2000)}a": ["a@1.0.0", "", {}, ""]`),
      { place: '2:2', message: 'bun.lock has an entry whose name has 4001 characters', hint: anew },
    ],
  ])('%s', (_, text, { place, message, hint }) => {
    const found = problemOf(text);
    expect(found.place).toBe(place);
    expect(found.message).toMatch(message);
    if (hint instanceof RegExp) expect(found.hint).toMatch(hint);
    else expect(found.hint).toBe(hint);
  });

  it('is absent where there is none, unreadable where it is a folder', () => {
    expect(readBunLock(memoryFiles({}), resolve('/p'))).toEqual({ kind: 'absent' });
    const folder = memoryFiles({ '/p/bun.lock': { kind: 'directory' } });
    expect(readBunLock(folder, resolve('/p'))).toMatchObject({ kind: 'unreadable' });
  });
});

describe('hostile files', () => {
  it('takes names like any other', () => {
    const lock = lockOf(
      written(
        '"__proto__": ["__proto__@1.0.0", "", { "dependencies": { "constructor": "1" } }, ""], "constructor": ["constructor@1.0.0", "", {}, ""]',
        '{ "__proto__": "1" }',
      ),
    );
    expect(lock.resolve('', '__proto__', '1')).toBe('__proto__');
    expect(edges(lock, '__proto__')).toEqual(['prod constructor -> constructor']);
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });

  it('reads nesting without end', () => {
    const deep = 200_000;
    expect(
      lockOf(
        written('', '{}').replace('"packages"', `"x": ${'['.repeat(deep)}${']'.repeat(deep)}, "packages"`),
      ).packages.size,
    ).toBe(0);
  });

  it('reads a lockfile of many megabytes and a deep key with many names in time that grows with the text', () => {
    const many = 60_000;
    const names = Array.from({ length: many }, (_, index) => `p${index}`);
    const deep = Array.from({ length: 500 }, () => 'd').join('/');
    const asked = names.map((name) => `"${name}": "1"`).join(', ');
    const packages = [
      `"${deep}": ["d@1.0.0", "", { "dependencies": { ${asked} } }, ""]`,
      ...names.map(
        (name) => `"${name}": ["${name}@1.0.0", "", { "dependencies": { "p0": "1" } }, "sha512-AAAA"]`,
      ),
    ];
    const lock = lockOf(written(packages.join(',\n')));
    expect(lock.packages.size).toBe(many + 1);
    expect(lock.packages.get(deep)?.edges.length).toBe(many);
  });
});
