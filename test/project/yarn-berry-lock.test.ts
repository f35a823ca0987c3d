import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResolvedLock, ResolvedPackage } from '../../src/project/resolved-lock.ts';
import { readYarnBerryLock } from '../../src/project/yarn-berry-lock.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { fixture, lines } from './reading.ts';

const header = '__metadata:\n  version: 8\n  cacheKey: 10c0\n\n';

function read(entries: Readonly<Record<string, string>>) {
  const placed = Object.entries(entries).map(([path, text]) => [`/p/${path}`, text]);
  return readYarnBerryLock(memoryFiles(Object.fromEntries(placed)), resolve('/p'));
}

function lockOf(entries: Readonly<Record<string, string>>): ResolvedLock {
  const reading = read(entries);
  if (reading.kind !== 'lock') throw new Error(JSON.stringify(reading));
  return reading.lock;
}

/** A lockfile with these entries: key, `resolution`, further lines. */
function lockText(...entries: readonly [key: string, resolution: string, rest?: string][]): string {
  const blocks = entries.map(
    ([key, resolution, rest = '']) => `"${key}":\n  version: 1.0.0\n  resolution: "${resolution}"\n${rest}\n`,
  );
  return header + blocks.join('');
}

/** A key without its parameters, which hold long addresses. */
function short(key: string | null): string | null {
  return key?.replace(/::.*$/, '') ?? null;
}

/** A package in one line: `line:column name@version from -> edges`. */
function line({ position, name, version, from, edges }: ResolvedPackage): string {
  const to = edges.map((edge) => `${edge.installName} ${edge.kind} ${short(edge.to)}`).join(', ');
  return `${position.line}:${position.column} ${name}@${version} ${from}${to === '' ? '' : ` -> ${to}`}`;
}

describe.each([
  ['3.8.7', 'yarn-berry/yarn-3', 6],
  ['4.9.4', 'yarn-berry/yarn-4-9', 8],
  ['4.18.1', 'yarn-berry/yarn-4', 10],
])('a lockfile that yarn %s wrote', (_version, folder, version) => {
  const lock = lockOf(fixture(folder));
  const named = (name: string) => [...lock.packages.values()].filter((found) => found.name === name);

  it('has its packages in the order of the file, with what each one gets', () => {
    expect(lock.lockfile).toEqual({ path: 'yarn.lock', format: 'yarn-berry-lock', version });
    expect([...lock.packages.values()].map(line)).toEqual([
      '8:2 @acme/direct@1.0.0 registry -> @acme/opt optional @acme/opt@npm:1.0.0, @acme/transitive prod @acme/transitive@npm:1.1.0, plain prod plain@npm:1.2.0',
      '24:2 @acme/lib@0.0.0-use.local workspace -> @acme/transitive prod @acme/transitive@npm:1.0.0, app prod app@workspace:packages/app, plain prod plain@npm:1.2.0',
      '34:2 @acme/opt@1.0.0 registry',
      '41:2 @acme/patched@1.0.0 registry -> plain prod plain@npm:1.2.0',
      '59:2 @acme/peer@1.0.0 registry',
      '66:2 @acme/platform@1.0.0 registry',
      '73:2 @acme/transitive@1.1.0 registry -> @acme/ui prod @acme/ui@npm:1.2.0',
      '82:2 @acme/transitive@1.0.0 registry',
      '89:2 @acme/ui@1.0.0 registry',
      '98:2 @acme/ui@1.2.0 registry',
      '107:2 app@0.0.0-use.local workspace -> @acme/lib prod @acme/lib@workspace:packages/lib, @acme/ui prod @acme/ui@npm:1.2.0, plain prod plain@npm:1.2.0',
      '119:2 boxed@0.1.0 file -> @acme/peer prod @acme/peer@npm:1.0.0',
      '128:2 fsevents@2.3.3 registry',
      expect.stringMatching(/^14\d:2 helper@2\.1\.0 registry$/),
      expect.stringMatching(/^\d+:2 linked@0\.0\.0-use\.local file$/),
      expect.stringMatching(/^\d+:2 packed@0\.2\.0 file$/),
      expect.stringMatching(
        /plain@1\.2\.0 registry -> fsevents optional fsevents@npm:2\.3\.3, helper prod helper@npm:2\.1\.0$/,
      ),
      expect.stringMatching(/ported@0\.0\.0-use\.local file -> @acme\/opt prod @acme\/opt@npm:1\.0\.0$/),
      expect.stringMatching(
        /root@0\.0\.0-use\.local workspace -> .*@acme\/platform optional @acme\/platform@npm/,
      ),
      expect.stringMatching(/tool@3\.0\.0 git$/),
      expect.stringMatching(/url-tool@1\.5\.0 url$/),
    ]);
  });

  it('pins the tarball where Yarn could not make up its address, and no integrity', () => {
    const projects = 'https://gitlab.example.com/api/v4/projects';
    expect(named('@acme/direct')).toMatchObject([
      { tarball: `${projects}/101/packages/npm/@acme/direct/-/@acme/direct-1.0.0.tgz`, integrity: null },
    ]);
    expect(named('plain')).toMatchObject([{ tarball: null, integrity: null }]);
    expect(named('url-tool')).toMatchObject([
      { tarball: 'https://gitlab.example.com/files/url-tool-1.5.0.tgz' },
    ]);
    expect(named('tool')[0]?.tarball).toMatch(/tool\.git#commit=[0-9a-f]{40}$/);
    expect(named('boxed')).toMatchObject([{ tarball: null }]);
  });

  it('follows a patch to the package that is fetched', () => {
    const key = lock.resolve('', '@acme/patched', 'patch:@acme/patched@1.0.0#./x.patch');
    expect(lock.packages.get(key ?? '')).toMatchObject({
      name: '@acme/patched',
      tarball: expect.stringContaining('/projects/107/packages/npm/@acme/patched/-/'),
    });
  });

  it.each([
    ['', '@acme/direct', '^1.0.0', '@acme/direct@npm:1.0.0'],
    ['', 'ui', 'npm:@acme/ui@^1.0.0', '@acme/ui@npm:1.2.0'],
    ['', '@acme/peer', 'latest', '@acme/peer@npm:1.0.0'],
    ['', '@acme/ui', '1.0.0', '@acme/ui@npm:1.0.0'],
    ['', 'linked', 'link:./vendor/linked', 'linked@link:./vendor/linked'],
    ['', 'ported', 'portal:./vendor/ported', 'ported@portal:./vendor/ported'],
    ['', 'boxed', 'file:./vendor/boxed', 'boxed@file:./vendor/boxed#./vendor/boxed'],
    ['packages/app', '@acme/ui', '^1.1.0', '@acme/ui@npm:1.2.0'],
    ['packages/app', '@acme/lib', 'workspace:^', '@acme/lib@workspace:packages/lib'],
    ['packages/app', 'plain', '>=1 <2', 'plain@npm:1.2.0'],
    ['packages/lib', 'app', '^1.0.0', 'app@workspace:packages/app'],
    ['packages/lib', 'plain', '', 'plain@npm:1.2.0'],
    ['packages/app', '@acme/peer', '*', null],
    ['packages/app', 'boxed', 'file:./vendor/boxed', null],
    ['', '@acme/direct', '^2.0.0', null],
    ['', '@acme/ui', 'npm:@acme/other@^1.0.0', null],
  ])('in "%s", %s %s gets %s', (location, name, range, key) => {
    expect(short(lock.resolve(location, name, range))).toBe(key);
  });
});

describe('resolutions', () => {
  it.each([
    ['3.8.7', 'yarn-berry/yarn-3-resolutions', '1.2.0'],
    ['4.18.1', 'yarn-berry/yarn-4-resolutions', '1.0.0'],
  ])('decide as in yarn %s', (_version, folder, ui) => {
    const lock = lockOf(fixture(folder));
    expect(short(lock.resolve('', '@acme/transitive', '^1.0.0'))).toBe('@acme/transitive@npm:1.0.0');
    expect(short(lock.resolve('', '@acme/ui', '^1.0.0'))).toBe(`@acme/ui@npm:${ui}`);
    expect(short(lock.resolve('', 'ui', 'npm:@acme/ui@^1.0.0'))).toBe('@acme/ui@npm:1.2.0');
    const direct = [...lock.packages.values()].find(({ name }) => name === '@acme/direct');
    expect(direct?.edges.map(({ installName, to }) => `${installName} ${short(to)}`)).toEqual([
      '@acme/opt @acme/ui@npm:1.2.0',
      '@acme/transitive @acme/transitive@npm:1.0.0',
      'plain plain@npm:1.2.0',
    ]);
    expect([...lock.packages.values()].find(({ name }) => name === 'plain')?.edges).toContainEqual({
      installName: 'helper',
      to: 'helper@npm:1.0.0',
      kind: 'prod',
    });
  });

  const text = lockText(
    ['a@npm:^1.0.0', 'a@npm:1.0.0'],
    ['a@npm:2.0.0', 'a@npm:2.0.0'],
    ['b@npm:1.0.0', 'b@npm:1.0.0', '  dependencies:\n    a: "npm:^1.0.0"\n'],
    ['root@workspace:.', 'root@workspace:.'],
  );
  it.each([
    ['a name', { a: '2.0.0' }, 'a@npm:2.0.0', 'a@npm:2.0.0'],
    ['a name and its range', { 'a@^1.0.0': '2.0.0' }, 'a@npm:2.0.0', 'a@npm:2.0.0'],
    ['another range', { 'a@^1.2.0': '2.0.0' }, 'a@npm:1.0.0', 'a@npm:1.0.0'],
    ['who asks', { 'b/a': '2.0.0' }, 'a@npm:1.0.0', 'a@npm:2.0.0'],
    ['who asks, at its version', { 'b@1.0.0/a': '2.0.0' }, 'a@npm:1.0.0', 'a@npm:2.0.0'],
    ['who asks, at another version', { 'b@1.2.0/a': '2.0.0' }, 'a@npm:1.0.0', 'a@npm:1.0.0'],
    ['a version that the lockfile has not', { a: '3.0.0' }, null, undefined],
    ['a value that is no text', { a: 2 }, 'a@npm:1.0.0', 'a@npm:1.0.0'],
  ])('%s', (_name, resolutions, root, inB) => {
    const lock = lockOf({ 'yarn.lock': text, 'package.json': JSON.stringify({ resolutions }) });
    expect(lock.resolve('', 'a', '^1.0.0')).toBe(root);
    expect(lock.packages.get('b@npm:1.0.0')?.edges[0]?.to).toBe(inB);
  });
});

describe('package extensions', () => {
  const text = lockText(
    ['plain@npm:1.0.0', 'plain@npm:1.0.0', '  dependencies:\n    left: "npm:1.0.0"\n'],
    ['left@npm:1.0.0', 'left@npm:1.0.0'],
    ['left@npm:2.0.0', 'left@npm:2.0.0'],
    ['@acme/ui@npm:1.0.0', '@acme/ui@npm:1.0.0'],
    ['root@workspace:.', 'root@workspace:.'],
  );
  it.each([
    ['of every version', 'plain@*', 'dependencies', { '@acme/ui': '1.0.0' }, ['@acme/ui prod']],
    ['optional', 'plain@^1.0.0', 'optionalDependencies', { '@acme/ui': '1.0.0' }, ['@acme/ui optional']],
    ['of another version', 'plain@^2.0.0', 'dependencies', { '@acme/ui': '1.0.0' }, []],
    ['of another package', 'left@*', 'dependencies', { '@acme/ui': '1.0.0' }, []],
    ['for a name that it asks for itself', 'plain@*', 'dependencies', { left: '2.0.0' }, []],
    ['that the lockfile has not', 'plain@*', 'dependencies', { '@acme/ui': '1.1.0' }, []],
    ['of peers, which bring nothing', 'plain@*', 'peerDependencies', { '@acme/ui': '1.0.0' }, []],
  ])('%s', (_name, key, field, added, edges) => {
    const settings = JSON.stringify({ packageExtensions: { [key]: { [field]: added } } });
    const lock = lockOf({ 'yarn.lock': text, '.yarnrc.yml': settings });
    const found = lock.packages
      .get('plain@npm:1.0.0')
      ?.edges.map(({ installName, kind }) => `${installName} ${kind}`);
    expect(found).toEqual(['left prod', ...edges]);
  });

  it('lead to a package that nothing else asks for, also beside equal keys', () => {
    const files = {
      'package.json': { name: 'root', dependencies: { plain: '1.0.0' } },
      'yarn.lock': text,
      '.yarnrc.yml':
        'nodeLinker: pnp\nnodeLinker: node-modules\npackageExtensions:\n  plain@*:\n    dependencies:\n      "@acme/ui": 1.0.0\n',
    };
    expect(lines(files)).toEqual([
      'prod plain 1.0.0 registry@1.0.0 <.',
      'transitive left 1.0.0 registry@1.0.0 <plain',
      'transitive @acme/ui 1.0.0 registry@1.0.0 <plain',
    ]);
  });
});

describe('catalogues', () => {
  it.each([
    ['', '@acme/direct', 'catalog:', '@acme/direct@npm:1.0.0'],
    ['', 'ui', 'catalog:old', '@acme/ui@npm:1.0.0'],
    ['', '@acme/ui', 'catalog:new', '@acme/ui@npm:1.2.0'],
    ['packages/app', '@acme/ui', 'catalog:old', '@acme/ui@npm:1.0.0'],
    ['', '@acme/ui', 'catalog:', null],
    ['', '@acme/ui', 'catalog:none', null],
  ])('in "%s", %s %s gets %s (yarn 4.18.1)', (location, name, range, key) => {
    expect(short(lockOf(fixture('yarn-berry/yarn-4-catalogs')).resolve(location, name, range))).toBe(key);
  });

  it('say nothing when the settings are absent or broken', () => {
    const { '.yarnrc.yml': _settings, ...files } = fixture('yarn-berry/yarn-4-catalogs');
    expect(lockOf(files).resolve('', 'ui', 'catalog:old')).toBeNull();
    expect(lockOf({ ...files, '.yarnrc.yml': 'catalogs: [' }).resolve('', 'ui', 'catalog:old')).toBeNull();
  });
});

describe('entries', () => {
  it('names a package without the hash of its peers', () => {
    const text = lockText([
      'a@npm:^1.0.0',
      'a@virtual:0123abcd#npm:1.0.0::__archiveUrl=https%3A%2F%2Fx.example%2Fa.tgz',
    ]);
    expect([...lockOf({ 'yarn.lock': text }).packages.values()]).toMatchObject([
      { name: 'a', from: 'registry', tarball: 'https://x.example/a.tgz' },
    ]);
  });

  it('finds a patch however its package is spelt', () => {
    const text = lockText(
      ['a@npm:1.0.0', 'a@npm:1.0.0'],
      [
        'a@patch:a@npm%3A1.0.0#~/.yarn/patches/a.patch',
        'a@patch:a@npm%3A1.0.0#~/.yarn/patches/a.patch::version=1.0.0&hash=1',
      ],
      ['b@npm:1.0.0', 'b@npm:1.0.0', '  dependencies:\n    a: "npm:1.0.0"\n'],
    );
    const manifest = { resolutions: { 'a@npm:1.0.0': 'patch:a@npm%3A1.0.0#~/.yarn/patches/a.patch' } };
    const lock = lockOf({ 'yarn.lock': text, 'package.json': JSON.stringify(manifest) });
    expect(lock.resolve('', 'a', 'patch:a@npm:1.0.0#~/.yarn/patches/a.patch')).toBe('a@npm:1.0.0');
    expect(lock.resolve('', 'a', '1.0.0')).toBe('a@npm:1.0.0');
    expect([...lock.packages.keys()]).toEqual(['a@npm:1.0.0', 'b@npm:1.0.0']);
  });

  it('keeps a patch whose package the lockfile has not, and what a patch adds', () => {
    const lost = lockText(['a@patch:a@1#x', 'a@patch:a@npm%3A1.0.0#x::version=1.0.0']);
    expect([...lockOf({ 'yarn.lock': lost }).packages.values()]).toMatchObject([
      { name: 'a', from: 'registry', tarball: null },
    ]);
    const more = lockText(
      ['a@npm:1.0.0', 'a@npm:1.0.0'],
      ['a@patch:a@1#x', 'a@patch:a@npm%3A1.0.0#x', '  dependencies:\n    b: 1.0.0\n'],
      ['b@npm:1.0.0', 'b@npm:1.0.0'],
    );
    expect(lockOf({ 'yarn.lock': more }).packages.get('a@npm:1.0.0')?.edges).toEqual([
      { installName: 'b', to: 'b@npm:1.0.0', kind: 'prod' },
    ]);
  });

  it('takes the default protocol of the settings', () => {
    const text = lockText(['a@acme:^1.0.0', 'a@acme:1.0.0']);
    const settings = { '.yarnrc.yml': 'defaultProtocol: "acme:"\n' };
    expect(lockOf({ 'yarn.lock': text, ...settings }).resolve('', 'a', '^1.0.0')).toBe('a@acme:1.0.0');
    expect(lockOf({ 'yarn.lock': text }).resolve('', 'a', '^1.0.0')).toBeNull();
  });

  it.each([
    [
      'a long key',
      `? "${Array.from({ length: 90 }, (_, i) => `a@npm:^1.0.${i}`).join(', ')}"\n:\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n`,
    ],
    [
      'a newer version',
      `"a@npm:^1.0.7":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  new: [1, {b: c}]\n`,
    ],
    ['Windows line ends', `"a@npm:^1.0.7":\r\n  version: 1.0.0\r\n  resolution: "a@npm:1.0.0"\r\n`],
  ])('reads %s', (_name, entry) => {
    const lock = lockOf({ 'yarn.lock': `__metadata:\n  version: 99\n\n${entry}` });
    expect(lock.lockfile.version).toBe(99);
    expect(lock.resolve('', 'a', '^1.0.7')).toBe('a@npm:1.0.0');
    expect(lock.packages.get('a@npm:1.0.0')?.position.line).toBe(4);
  });
});

describe('another file', () => {
  it.each([
    ['none', {}],
    ['one of Yarn 1', fixture('yarn/workspaces')],
    ['an empty one', { 'yarn.lock': '' }],
  ])('%s is absent', (_name, files) => {
    expect(read(files)).toEqual({ kind: 'absent' });
  });

  it.each([
    [
      'a merge conflict',
      `${header}"a@npm:1":\n<<<<<<< HEAD\n  version: 1\n`,
      6,
      1,
      'merge conflict marker, "<<<<<<<"',
    ],
    ['broken YAML', `${header}"a@npm:1": [\n`, 6, 1, 'no valid YAML'],
    ['an entry that is no map', `${header}"a@npm:1": x\n`, 5, 2, 'entry "a@npm:1" that is no map'],
    ['an entry without resolution', `${header}a@npm:1:\n  version: 1.0.0\n`, 5, 1, 'without a "resolution"'],
  ])('%s is refused', (_name, text, at, column, message) => {
    expect(read({ 'yarn.lock': text })).toMatchObject({
      kind: 'unreadable',
      problem: { file: 'yarn.lock', line: at, column, message: expect.stringContaining(message) },
    });
  });
});

describe('hostile files', () => {
  it('keep names of prototypes apart', () => {
    const text = lockText(
      [
        '__proto__@npm:1',
        '__proto__@npm:1.0.0',
        '  dependencies:\n    __proto__: "npm:1"\n    toString: "npm:1"\n',
      ],
      ['root@workspace:.', 'root@workspace:.'],
    );
    const lock = lockOf({ 'yarn.lock': `${text}__proto__:\n  resolution: "c@npm:1"\n` });
    expect(lock.resolve('', '__proto__', '1')).toBe('__proto__@npm:1.0.0');
    expect(lock.resolve('constructor', 'toString', '1')).toBeNull();
    expect(lock.packages.get('__proto__@npm:1.0.0')?.edges).toEqual([
      { installName: '__proto__', to: '__proto__@npm:1.0.0', kind: 'prod' },
    ]);
    expect(({} as Record<string, unknown>).resolution).toBeUndefined();
  });

  it('take the last of two equal keys, as Yarn does', () => {
    const text = lockText(['a@npm:1', 'a@npm:1.0.0'], ['a@npm:1', 'a@npm:1.0.1']);
    expect(lockOf({ 'yarn.lock': text }).resolve('', 'a', '1')).toBe('a@npm:1.0.1');
  });

  it('may have patches of themselves', () => {
    const text = lockText(['a@patch:a#x', 'a@patch:a@patch%3Aa#x']);
    expect(read({ 'yarn.lock': text }).kind).toBe('lock');
    const circle = lockText(['a@npm:1', 'a@patch:b@patch%3Aa'], ['b@npm:1', 'b@patch:a@patch%3Ab']);
    expect(read({ 'yarn.lock': circle }).kind).toBe('lock');
  });

  const million = 1_000_000;
  const entry = (i: number) =>
    `"a${i}@npm:^1, a${i}@npm:^2":\n  version: 1.0.${i}\n  resolution: "a${i}@npm:1.0.${i}::__archiveUrl=${'x'.repeat(200)}"\n  dependencies:\n    a${i + 1}: "npm:^1"\n  linkType: hard\n\n`;
  it.each([
    ['20 MB of packages', header + Array.from({ length: 60_000 }, (_, i) => entry(i)).join('')],
    ['one key of 20 MB', `${header}"a@${'x'.repeat(20 * million)}":\n  resolution: "a@npm:1"\n`],
    [
      'a million descriptors',
      `${header}? "${Array.from({ length: million }, (_, i) => `a${i}@npm:1`).join(', ')}"\n:\n  resolution: "a@npm:1"\n`,
    ],
    [
      '20 MB of spaces in a key',
      `${header}"a@npm:1${' '.repeat(20 * million)},b@npm:1":\n  resolution: "a@npm:1"\n`,
    ],
    ['20 MB of percent signs', `${header}"a@npm:1":\n  resolution: "a@patch:${'%'.repeat(20 * million)}#"\n`],
    [
      '20 MB of colons',
      `${header}"a@npm:1":\n  resolution: "a@npm:1${'::__archiveUrl='.repeat(1.4 * million)}"\n`,
    ],
    [
      'one range of 20 MB',
      lockText(['a@npm:1', 'a@npm:1', `  dependencies:\n    a: "${'a.'.repeat(10 * million)}"\n`]),
    ],
    ['deep brackets', `${header}a: ${'['.repeat(million)}`],
    [
      'a bomb of aliases',
      `${header}${Array.from({ length: 60 }, (_, i) => `b${i}: &b${i} {resolution: a@npm:${i}, dependencies: {x: ${i === 0 ? 'y' : `*b${i - 1}`}, z: ${i === 0 ? 'y' : `*b${i - 1}`}}}`).join('\n')}\n`,
    ],
  ])('%s end in time', { timeout: 30_000 }, (_name, text) => {
    expect(['lock', 'unreadable']).toContain(read({ 'yarn.lock': text }).kind);
  });

  it('never throw', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'a@npm:1',
        'a@patch:a@npm%3A1#x',
        'a@virtual:#',
        '__proto__',
        '@',
        '::',
        'a@workspace:.',
        'a@workspace:',
        'catalog:',
        '%',
        '',
        '*',
      ),
      fc.string({ maxLength: 6 }),
    );
    const block = fc.record({
      version: fc.oneof(word, fc.jsonValue({ maxDepth: 1 })),
      resolution: word,
      dependencies: fc.oneof(fc.dictionary(word, word, { maxKeys: 3 }), fc.jsonValue({ maxDepth: 1 })),
      dependenciesMeta: fc.jsonValue({ maxDepth: 2 }),
    });
    const rules = fc.record({
      resolutions: fc.oneof(fc.dictionary(word, word, { maxKeys: 3 }), fc.jsonValue()),
    });
    fc.assert(
      fc.property(
        fc.dictionary(word, block, { maxKeys: 5 }),
        rules,
        word,
        word,
        (entries, manifest, name, range) => {
          const body = Object.entries(entries).map(
            ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}\n`,
          );
          const reading = read({
            'yarn.lock': header + body.join(''),
            'package.json': JSON.stringify(manifest),
          });
          if (reading.kind !== 'lock') return;
          const { packages } = reading.lock;
          for (const { edges } of packages.values())
            for (const { to } of edges) expect(packages.has(to)).toBe(true);
          const key = reading.lock.resolve('', name, range);
          expect(key === null || packages.has(key)).toBe(true);
        },
      ),
    );
  });
});
