import { describe, expect, it } from 'vitest';
import { fixture, line, lines, one, problem, project } from './reading.ts';

const direct = [
  'prod @acme/lib ^1.0.0 registry@1.2.3 <.',
  'prod @acme/bundler ^1.0.0 registry@1.0.0 <.',
  'prod @acme/aliased=alias npm:@acme/aliased@^1.0.0 registry@1.0.0 <.',
  'prod left ^1.0.0 registry@1.0.1 <.,@acme/lib',
  'dev @acme/dev ^3.0.0 registry@3.0.0 <.',
  'prod @acme/b ^1.0.0 workspace@- <packages/a',
  'prod @acme/lib ^2.0.0 registry@2.0.0 <packages/a',
  'optional @acme/native ^1.0.0 registry@1.0.0 <packages/b,@acme/core',
];

describe('lockfiles that npm wrote', () => {
  it.each(['lock-v1', 'lock-v2', 'lock-v3', 'lock-unresolved'])('%s: direct dependencies', (lock) => {
    expect(lines(fixture('workspaces', lock)).slice(0, direct.length)).toEqual(direct);
  });

  it.each(['lock-v1', 'lock-v2', 'lock-v3', 'lock-unresolved'])(
    '%s: what they bring, without what is bundled',
    (lock) => {
      const { dependencies } = project(fixture('workspaces', lock));
      const brought = dependencies
        .slice(direct.length)
        .map(({ kind, name, locked }) => `${kind} ${name}@${locked?.version}`);
      expect(brought.sort()).toEqual([
        'transitive @acme/core@1.4.0',
        'transitive @acme/core@2.1.0',
        'transitive @acme/peer@1.1.0',
      ]);
    },
  );

  it('names the tarballs that npm 11 was seen to fetch for it', () => {
    const { dependencies } = project(fixture('workspaces', 'lock-v3'));
    const tarballs = dependencies.flatMap(({ locked }) => locked?.tarball?.split('/-/')[1] ?? []);
    expect(tarballs.sort()).toEqual([
      '@acme/aliased-1.0.0.tgz',
      '@acme/bundler-1.0.0.tgz',
      '@acme/core-1.4.0.tgz',
      '@acme/core-2.1.0.tgz',
      '@acme/dev-3.0.0.tgz',
      '@acme/lib-1.2.3.tgz',
      '@acme/lib-2.0.0.tgz',
      '@acme/native-1.0.0.tgz',
      '@acme/peer-1.1.0.tgz',
      'left-1.0.1.tgz',
    ]);
  });

  it('v3: dependents, ways, address and place of a transitive one', () => {
    const { dependencies, lockfile } = project(fixture('workspaces', 'lock-v3'));
    expect(lockfile).toEqual({ path: 'package-lock.json', format: 'package-lock', version: 3 });
    const core = dependencies.find(
      ({ name, locked }) => name === '@acme/core' && locked?.version === '2.1.0',
    );
    expect(core).toMatchObject({
      dependents: ['@acme/dev', '@acme/lib'],
      reachedBy: [['dev'], ['prod']],
      locked: {
        tarball: 'http://gitlab.example/api/v4/projects/7/packages/npm/@acme/core/-/@acme/core-2.1.0.tgz',
        integrity: expect.stringMatching(/^sha512-/),
        source: { path: 'package-lock.json', line: 49, column: 6, key: 'node_modules/@acme/core' },
      },
      source: { path: 'package-lock.json', line: 49, column: 6 },
    });
    expect(one(dependencies, '@acme/peer')).toMatchObject({
      dependents: ['@acme/lib'],
      reachedBy: [['prod', 'peer']],
    });
    expect(one(dependencies, '@acme/native').reachedBy).toEqual([['optional']]);
  });

  it('has no address where the lockfile leaves it out', () => {
    const { dependencies } = project(fixture('workspaces', 'lock-unresolved'));
    expect(one(dependencies, '@acme/dev').locked).toMatchObject({ version: '3.0.0', tarball: null });
    expect(one(dependencies, '@acme/dev').from).toBe('registry');
  });

  it('prefers a shrinkwrap of npm 6 to a lockfile', () => {
    const files = fixture('single');
    const { dependencies, lockfile } = project({ ...files, 'package-lock.json': 'broken' });
    expect(lockfile).toEqual({ path: 'npm-shrinkwrap.json', format: 'npm-shrinkwrap', version: 1 });
    expect(dependencies.map(line)).toEqual([
      'prod @acme/lib ^1.0.0 registry@1.2.3 <.',
      'prod @acme/aliased=alias npm:@acme/aliased@^1.0.0 registry@1.0.0 <.',
      'prod @acme/bundler ^1.0.0 registry@1.0.0 <.',
      'dev @acme/dev ^3.0.0 registry@3.0.0 <.',
      'optional @acme/native ^1.0.0 registry@1.0.0 <.,@acme/core',
      'transitive @acme/core 1.4.0 registry@1.4.0 <@acme/lib,@acme/aliased',
      'transitive left 1.0.1 registry@1.0.1 <@acme/lib',
      'transitive @acme/core 2.1.0 registry@2.1.0 <@acme/dev',
    ]);
    expect(dependencies.at(-1)?.source).toMatchObject({ line: 38, column: 10 });
  });

  it('places an override in the manifest and follows a linked folder', () => {
    const { dependencies } = project(fixture('overrides'));
    expect(dependencies.map(line)).toEqual([
      'prod @acme/dev ^3.0.0 registry@3.0.0 <.,lib',
      'prod local-lib file:lib file@- <.',
      'peer @acme/peer ^1.0.0 registry@1.1.0 <.',
      'override @acme/core 1.4.0 registry@1.4.0 <lib,@acme/dev',
      'transitive @acme/native 1.0.0 registry@1.0.0 <@acme/core',
    ]);
    expect(one(dependencies, '@acme/core').source).toMatchObject({ path: 'package.json', line: 12 });
  });

  it.each(['pnpm', 'yarn', 'yarn-berry'] as const)('is not looked at for %s', (client) => {
    const files = { 'package.json': { dependencies: { x: '1' } }, 'package-lock.json': 'broken' };
    expect(project(files, client).lockfile).toBeNull();
    expect(
      project({ ...files, 'package.json': { packageManager: `${client.slice(0, 4)}@9.0.0` } }).lockfile,
    ).toBeNull();
  });
});

const r = 'https://r.example';

function locked(manifest: Record<string, unknown>, packages: Record<string, unknown>) {
  return project({ 'package.json': manifest, 'package-lock.json': { lockfileVersion: 3, packages } })
    .dependencies;
}

describe('look-up', () => {
  it('takes the nearest node_modules', () => {
    const found = locked(
      { dependencies: { a: '1', b: '1' } },
      {
        'node_modules/a': { version: '1.0.0', dependencies: { c: '1', d: '1' } },
        'node_modules/b': { version: '1.0.0', dependencies: { c: '2', d: '1' } },
        'node_modules/c': { version: '1.0.0' },
        'node_modules/b/node_modules/c': { version: '2.0.0', dependencies: { d: '1' } },
        'node_modules/d': { version: '1.0.0' },
      },
    );
    expect(found.map(line).slice(2)).toEqual([
      'transitive c 1.0.0 registry@1.0.0 <a',
      'transitive c 2.0.0 registry@2.0.0 <b',
      'transitive d 1.0.0 registry@1.0.0 <a,b,c',
    ]);
  });

  it('ends on circles', () => {
    const found = locked(
      { devDependencies: { a: '1' } },
      {
        'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
        'node_modules/b': { version: '1.0.0', dependencies: { a: '1' } },
      },
    );
    expect(found.map(({ name, reachedBy }) => [name, reachedBy])).toEqual([
      ['a', [['dev']]],
      ['b', [['dev']]],
    ]);
  });

  it('joins copies of one version', () => {
    const copy = { version: '1.0.0', resolved: `${r}/x/-/x-1.0.0.tgz` };
    const found = locked(
      { dependencies: { a: '1', b: '1' } },
      {
        'node_modules/a': { version: '1.0.0', dependencies: { x: '1' } },
        'node_modules/a/node_modules/x': copy,
        'node_modules/b': { version: '1.0.0', dependencies: { x: '1' } },
        'node_modules/b/node_modules/x': copy,
      },
    );
    expect(line(one(found, 'x'))).toBe('transitive x 1.0.0 registry@1.0.0 <a,b');
  });

  it('keeps an entry that nothing reaches, with the ways of its flags', () => {
    const found = locked({}, { 'node_modules/x': { version: '1.0.0', dev: true, optional: true } });
    expect(found[0]).toMatchObject({ kind: 'transitive', dependents: [], reachedBy: [['dev', 'optional']] });
  });

  const mayBePeer = { peerDependencies: { x: '1' }, peerDependenciesMeta: { x: { optional: true } } };
  it('keeps what is there for development in production too where it may be a peer, as npm does', () => {
    const found = locked(
      { dependencies: { a: '1' }, devDependencies: { x: '1', y: '1' } },
      {
        'node_modules/a': { version: '1.0.0', ...mayBePeer },
        'node_modules/x': { version: '1.0.0', devOptional: true },
        'node_modules/y': { version: '1.0.0', dev: true, ...mayBePeer },
      },
    );
    expect(one(found, 'x')).toMatchObject({ dependents: ['.'], reachedBy: [['dev'], ['prod', 'optional']] });
    expect(one(found, 'y')).toMatchObject({ reachedBy: [['dev']] });
  });

  it('keeps it where it may be a peer of a package of the project', () => {
    const { dependencies } = project({
      'package.json': { workspaces: ['a'], devDependencies: { x: '1' } },
      'a/package.json': { name: 'a', ...mayBePeer },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          'node_modules/a': { resolved: 'a', link: true },
          a: { ...mayBePeer },
          'node_modules/x': { version: '1.0.0', devOptional: true },
        },
      },
    });
    expect(one(dependencies, 'x').reachedBy).toEqual([['dev'], ['prod', 'optional']]);
  });
});

describe('origins', () => {
  it.each([
    [
      'git',
      '#main',
      'git+ssh://git@git.example/a/x.git',
      { version: '1.0.0', resolved: 'git+ssh://git@git.example/a/x.git#abc' },
    ],
    ['url', '', `${r}/x.tgz`, { version: '1.0.0', resolved: `${r}/x.tgz` }],
    ['file', '', 'file:x.tgz', { version: '1.0.0', resolved: 'file:x.tgz' }],
  ])('%s, asked by the root and by a package', (from, suffix, spec, entry) => {
    const found = locked({ dependencies: { x: spec + suffix } }, { 'node_modules/x': entry });
    expect(found.map(line)).toEqual([`prod x ${spec}${suffix} ${from}@1.0.0 <.`]);
    const brought = locked(
      { dependencies: { a: '1' } },
      { 'node_modules/a': { version: '1.0.0', dependencies: { x: spec } }, 'node_modules/x': entry },
    );
    expect(line(one(brought, 'x'))).toBe(`transitive x 1.0.0 ${from}@1.0.0 <a`);
  });

  it.each([
    ['1.0.0', 'git@1.0.0'],
    ['*', 'git@1.0.0'],
    ['^2.0.0', 'registry@-'],
    ['latest', 'registry@-'],
  ])('of git stay where the version fits, though the manifest asks a registry for %s', (range, from) => {
    const entry = { version: '1.0.0', resolved: 'git+ssh://git@git.example/a/x.git#abc' };
    const files = {
      'package.json': { dependencies: { x: range } },
      'package-lock.json': { lockfileVersion: 3, packages: { 'node_modules/x': entry } },
    };
    const { dependencies, lockfileGaps } = project(files);
    expect(dependencies.map(line)).toEqual([`prod x ${range} ${from} <.`]);
    expect(lockfileGaps).toHaveLength(from.startsWith('git') ? 0 : 1);
  });

  it('reads git, address, folder and alias of version 1', () => {
    const { dependencies } = project({
      'package.json': {
        dependencies: { g: 'acme/g', u: `${r}/u-2.0.0.tgz`, al: 'npm:@acme/real@1', f: 'file:f' },
      },
      'package-lock.json': {
        lockfileVersion: 1,
        dependencies: {
          g: { version: 'github:acme/g#abc', from: 'github:acme/g' },
          u: { version: `${r}/u-2.0.0.tgz`, integrity: 'sha512-x' },
          al: { version: 'npm:@acme/real@1.0.0', resolved: `${r}/@acme/real/-/real-1.0.0.tgz` },
          f: { version: 'file:f', requires: { t: '1' }, dependencies: { t: { version: '1.0.0' } } },
        },
      },
    });
    expect(dependencies.map(line)).toEqual([
      'prod g acme/g git@github:acme/g#abc <.',
      `prod u ${r}/u-2.0.0.tgz url@2.0.0 <.`,
      'prod @acme/real=al npm:@acme/real@1 registry@1.0.0 <.',
      'prod f file:f file@- <.',
      'transitive t 1.0.0 registry@1.0.0 <f',
    ]);
    expect(one(dependencies, 't').source).toMatchObject({ path: 'package-lock.json', line: 22 });
  });

  it('takes the version from the file name where the entry has none', () => {
    const found = locked(
      { dependencies: { x: '^1' } },
      { 'node_modules/x': { resolved: `${r}/x/-/x-1.2.3-rc.1.tgz` } },
    );
    expect(found[0]?.locked?.version).toBeUndefined();
    const plain = locked(
      { dependencies: { x: '^1' } },
      { 'node_modules/x': { resolved: `${r}/x/-/x-1.2.3.tgz` } },
    );
    expect(plain[0]?.locked?.version).toBe('1.2.3');
  });
});

describe('bundles', () => {
  const bundled = { version: '1.0.0', inBundle: true };
  it('leaves out what a dependency bundles, at any depth', () => {
    const found = locked(
      { dependencies: { a: '1' } },
      {
        'node_modules/a': { version: '1.0.0', bundleDependencies: ['x'], dependencies: { x: '1' } },
        'node_modules/a/node_modules/x': bundled,
        'node_modules/a/node_modules/x/node_modules/y': bundled,
      },
    );
    expect(found.map(({ name }) => name)).toEqual(['a']);
  });

  it('keeps what the root bundles: an install fetches it', () => {
    const found = locked(
      { dependencies: { a: '1' }, bundleDependencies: ['a'] },
      {
        'node_modules/a': { ...bundled, dependencies: { x: '1' } },
        'node_modules/a/node_modules/x': bundled,
      },
    );
    expect(found.map(({ name }) => name)).toEqual(['a', 'x']);
  });
});

describe('a lockfile that disagrees with package.json', () => {
  const packages = { 'node_modules/x': { version: '1.0.0', resolved: `${r}/x/-/x-1.0.0.tgz` } };
  it.each([
    [
      'has no entry',
      { dependencies: { y: '1' } },
      ['prod y 1 registry@- <.', 'transitive x 1.0.0 registry@1.0.0 <'],
    ],
    ['has a version out of range', { dependencies: { x: '^2' } }, ['prod x ^2 registry@- <.']],
    ['has another origin', { dependencies: { x: 'acme/x' } }, ['prod x acme/x git@- <.']],
    [
      'has another package',
      { dependencies: { x: 'npm:@acme/x@1' } },
      ['prod @acme/x=x npm:@acme/x@1 registry@- <.'],
    ],
    ['agrees', { dependencies: { x: '^1' } }, ['prod x ^1 registry@1.0.0 <.']],
    ['agrees by a tag', { dependencies: { x: 'next' } }, ['prod x next registry@1.0.0 <.']],
    [
      'agrees by an override',
      { dependencies: { x: '^1' }, overrides: { x: '$x' } },
      ['prod x ^1 registry@1.0.0 <.'],
    ],
  ])('%s', (_name, manifest, expected) => {
    expect(locked(manifest, packages).map(line)).toEqual(expected);
  });

  it('keeps the old version when another package asks for it', () => {
    const found = locked(
      { dependencies: { x: '^2', a: '1' } },
      { ...packages, 'node_modules/a': { version: '1.0.0', dependencies: { x: '^1' } } },
    );
    expect(found.map(line)).toContain('transitive x 1.0.0 registry@1.0.0 <a');
  });

  it('uses a version that an override forces upon a workspace', () => {
    const { dependencies } = project({
      'package.json': { workspaces: ['w'], overrides: { x: '1.0.0' } },
      'w/package.json': { dependencies: { x: '^5' } },
      'package-lock.json': { lockfileVersion: 3, packages },
    });
    expect(line(one(dependencies, 'x'))).toBe('prod x ^5 registry@1.0.0 <w');
  });
});

describe('lockfiles that can not be used', () => {
  it.each([
    ['empty', '', [1, 1], /is empty/],
    ['no object', '[]', [1, 1], /holds no object/],
    [
      'broken',
      '{\n  "packages": {\n    "a": {},\n  }\n}',
      [3, 12],
      /no valid JSON: a trailing comma before "}"/,
    ],
    [
      'in the middle of a merge',
      '{\n  "name": "x",\n<<<<<<< HEAD\n  "version": "1"\n=======\n>>>>>>> b\n}',
      [3, 1],
      /merge conflict marker/,
    ],
    [
      'from the future',
      '{\n  "lockfileVersion": 4,\n  "packages": {}\n}',
      [2, 4],
      /lockfileVersion 4 is not known to this check, which reads 1 to 3/,
    ],
    ['of no version', '{\n "lockfileVersion": "3"}', [2, 3], /"lockfileVersion" is no whole number/],
    [
      'with a list of packages',
      '{"lockfileVersion": 3,\n "packages": []}',
      [2, 3],
      /"packages" is no object/,
    ],
    [
      'with an entry that is none',
      '{"lockfileVersion": 3,\n "packages": {\n"node_modules/x": 5}}',
      [3, 2],
      /an entry "node_modules\/x" that is no object/,
    ],
    [
      'with a nested entry that is none',
      '{"lockfileVersion": 1, "dependencies": {"a": {"dependencies": {\n"x\\u001b": 5}}}}',
      [2, 2],
      /an entry "x\\x1b" that is no object/,
    ],
  ] as const)('%s', (_name, text, [lineNumber, column], message) => {
    const found = problem({ 'package.json': '{}', 'package-lock.json': text });
    expect(found).toMatchObject({ file: 'package-lock.json', line: lineNumber, column });
    expect(found.message).toMatch(message);
  });

  it('a folder of that name', () => {
    const found = problem({ 'package.json': '{}', 'npm-shrinkwrap.json': { kind: 'directory' } });
    expect(found).toMatchObject({
      file: 'npm-shrinkwrap.json',
      message: 'npm-shrinkwrap.json is a folder, not a file',
    });
  });

  it('stays silent about an empty one, a byte order mark and wrong types inside an entry', () => {
    expect(lines({ 'package.json': { dependencies: { x: '1' } }, 'package-lock.json': '{}' })).toEqual([
      'prod x 1 registry@- <.',
    ]);
    const text =
      '\ufeff{"lockfileVersion":3,"packages":{"node_modules/x":{"version":1,"resolved":[],"integrity":{},"dependencies":[1],"dev":"yes"}}}';
    expect(lines({ 'package.json': '{}', 'package-lock.json': text })).toEqual([
      'transitive x * registry@ <',
    ]);
  });
});
