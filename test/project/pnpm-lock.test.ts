import { describe, expect, it } from 'vitest';
import type { InputProblem } from '../../src/domain/project.ts';
import { parsePnpmLock } from '../../src/project/pnpm-lock.ts';
import type { ResolvedLock } from '../../src/project/resolved-lock.ts';
import { selectDependencies } from '../../src/project/select-dependencies.ts';
import { fixture, line, lines, one, project, reading } from './reading.ts';

const api = 'https://gitlab.example.com/api/v4/projects';

/** What all of these lockfiles must give; the peer of the root is only in those of pnpm 8 on. */
const direct = (peer: boolean) => [
  `prod @acme/direct ^1.0.0 registry@1.0.0 <.,packages/b`,
  `prod @acme/real=alias npm:@acme/real@^1.0.0 registry@1.0.0 <.`,
  `prod @acme/cat ^1.0.0 registry@1.0.0 <.`,
  `optional @acme/opt ^1.0.0 registry@1.0.0 <.`,
  ...(peer ? [`prod @acme/host ^2.0.0 registry@2.0.0 <.,@acme/plugin,packages/b`] : []),
  `dev @acme/dev ^3.0.0 registry@3.0.0 <.`,
  `prod @acme/b workspace:^ workspace@- <packages/a`,
  `prod @acme/plugin ^1.0.0 registry@1.0.0 <packages/a,packages/b`,
  `prod @acme/host ^1.0.0 registry@1.0.0 <packages/a,@acme/plugin`,
  `prod local file:../../local file@- <packages/a`,
  `prod @acme/cat ^2.0.0 registry@2.0.0 <packages/a`,
  ...(peer ? [] : [`prod @acme/host ^2.0.0 registry@2.0.0 <packages/b,@acme/plugin`]),
  `prod @acme/byurl ${api}/111/packages/npm/@acme/byurl/-/@acme/byurl-1.0.0.tgz url@1.0.0 <packages/b`,
  `prod linked link:../../local file@- <packages/b`,
];

const written = [
  ['pnpm/plain', 'lock-6', 5.3],
  ['pnpm/plain', 'lock-7', 5.4],
  ['pnpm/plain', 'lock-8', 6],
  ['pnpm/catalog', 'lock-9', 9],
  ['pnpm/catalog', 'lock-10', 9],
  ['pnpm/catalog', 'lock-11', 9],
  ['pnpm/catalog', 'lock-12', 9],
] as const;

describe('lockfiles that pnpm wrote for a workspace', () => {
  it.each(written)('%s %s: direct dependencies', (name, lock, version) => {
    const read = project(fixture(name, lock));
    expect(read.client).toBe('pnpm');
    expect(read.lockfile).toEqual({ path: 'pnpm-lock.yaml', format: 'pnpm-lock', version });
    expect(read.workspaces.map(({ path }) => path)).toEqual(['packages/a', 'packages/b']);
    expect(read.dependencies.map(line).slice(0, direct(version >= 6).length)).toEqual(direct(version >= 6));
  });

  it.each(written)('%s %s: what they bring, with ways and dependents', (name, lock, version) => {
    const { dependencies } = project(fixture(name, lock));
    const brought = dependencies.filter(({ kind }) => kind === 'transitive');
    expect(brought.map(({ name: found }) => found).sort()).toEqual([
      '@acme/deep',
      '@acme/devonly',
      '@acme/native',
      'left',
    ]);
    expect(one(brought, '@acme/deep')).toMatchObject({
      dependents: ['@acme/dev', '@acme/direct', '@acme/real'],
      reachedBy: [['prod'], ['dev']],
    });
    expect(one(brought, '@acme/devonly').reachedBy).toEqual([['dev']]);
    expect(one(brought, '@acme/native').reachedBy).toEqual([
      ['prod', 'optional'],
      ['dev', 'optional'],
    ]);
    expect(one(brought, 'left').reachedBy).toEqual(version < 6 ? [['prod']] : [['peer'], ['prod']]);
    expect(one(brought, 'left').locked?.tarball).toBeNull();
  });

  it.each(written)('%s %s: tarballs, integrity and places', (name, lock) => {
    const files = fixture(name, lock);
    const { dependencies } = project(files);
    const text = files['pnpm-lock.yaml']?.split('\n') ?? [];
    for (const { name: found, locked, kind, source } of dependencies) {
      if (locked === null) continue;
      if (found !== 'left') {
        expect(locked.tarball).toMatch(`/packages/npm/${found}/-/${found}-${locked.version}.tgz`);
      }
      if (found !== '@acme/byurl') expect(locked.integrity).toMatch(/^sha512-/);
      if (locked.source.kind !== 'file') throw new Error('no file');
      const { line: at, column = 0, key } = locked.source;
      expect(text[at - 1]?.slice(column - 1)).toMatch(key?.replace(/\(.*$/, '') ?? '?');
      const path = source.kind === 'file' ? source.path : '';
      expect(path).toMatch(kind === 'transitive' ? /^pnpm-lock\.yaml$/ : /package\.json$/);
    }
  });

  const prod = [
    '@acme/byurl-1.0.0.tgz',
    '@acme/cat-1.0.0.tgz',
    '@acme/cat-2.0.0.tgz',
    '@acme/deep-1.1.0.tgz',
    '@acme/direct-1.0.0.tgz',
    '@acme/host-1.0.0.tgz',
    '@acme/host-2.0.0.tgz',
    '@acme/plugin-1.0.0.tgz',
    '@acme/real-1.0.0.tgz',
    'left-1.0.1.tgz',
  ];
  const dev = ['@acme/dev-3.0.0.tgz', '@acme/devonly-1.0.0.tgz'];
  const optional = ['@acme/native-1.0.0.tgz', '@acme/opt-1.0.0.tgz'];

  it.each([
    ['pnpm/catalog', 'lock-10', ['prod', 'dev', 'optional', 'peer'], [...prod, ...dev, ...optional]],
    ['pnpm/catalog', 'lock-10', ['prod', 'optional', 'peer'], [...prod, ...optional]],
    ['pnpm/catalog', 'lock-12', ['prod', 'dev', 'optional', 'peer'], [...prod, ...dev, ...optional]],
    ['pnpm/plain', 'lock-8', ['prod', 'peer'], prod],
  ] as const)(
    '%s %s, kinds %j: the tarballs that this pnpm was seen to fetch',
    (name, lock, kinds, fetched) => {
      const selected = selectDependencies(project(fixture(name, lock)), { kinds, depth: 'locked' });
      const tarballs = selected.flatMap(({ name: found, locked }) =>
        locked === null ? [] : `${found}-${locked.version}.tgz`,
      );
      expect(tarballs.sort()).toEqual([...fetched].sort());
    },
  );

  it('names each tarball once though peers make several snapshots of it', () => {
    const { dependencies } = project(fixture('pnpm/catalog', 'lock-12'));
    const tarballs = dependencies.flatMap(({ locked }) => locked?.tarball ?? []);
    expect(new Set(tarballs).size).toBe(tarballs.length);
    expect(tarballs.length).toBe(13);
  });

  it.each(['lock-6', 'lock-7', 'lock-8', 'lock-9', 'lock-12'])('single project: %s', (lock) => {
    expect(lines(fixture('pnpm/single', lock))).toEqual([
      'prod @acme/direct ^1.0.0 registry@1.0.0 <.',
      'prod @acme/real=alias npm:@acme/real@^1.0.0 registry@1.0.0 <.',
      'prod @acme/plugin ^1.0.0 registry@1.0.0 <.',
      'prod @acme/host ^1.0.0 registry@1.0.0 <.,@acme/plugin',
      'optional @acme/opt ^1.0.0 registry@1.0.0 <.',
      'dev @acme/dev ^3.0.0 registry@3.0.0 <.',
      'transitive @acme/deep 1.1.0 registry@1.1.0 <@acme/dev,@acme/direct,@acme/real',
      'transitive @acme/devonly 1.0.0 registry@1.0.0 <@acme/dev',
      'transitive @acme/native 1.0.0 registry@1.0.0 <@acme/deep',
    ]);
  });

  const config = [
    'prod @acme/direct ^1.0.0 registry@1.0.0 <.',
    'prod @acme/host ^1.0.0 registry@1.0.0 <.,packages/c',
    'prod @acme/b ^1.0.0 workspace@- <.',
    'prod @acme/c workspace:* workspace@- <.',
    'prod @acme/deep ^1.1.0 registry@1.0.0 <packages/b,@acme/direct',
    'prod left ^1.0.0 registry@1.0.1 <packages/c',
  ];

  it.each(['lock-11', 'lock-12'])('two documents: %s locks configDependencies too', (lock) => {
    const files = fixture('pnpm/config', lock);
    const { dependencies } = project(files);
    expect(dependencies.map(line)).toEqual([
      ...config,
      'prod @acme/cat 1.0.0 registry@1.0.0 <pnpm-workspace.yaml',
    ]);
    const cat = one(dependencies, '@acme/cat');
    expect(cat.source).toMatchObject({ path: 'pnpm-workspace.yaml', line: 9, column: 4 });
    expect(cat.locked?.source).toMatchObject({ path: 'pnpm-lock.yaml', line: 14, column: 4 });
    const deep = one(dependencies, '@acme/deep').locked?.source;
    const at = deep?.kind === 'file' ? deep.line : 0;
    expect(files['pnpm-lock.yaml']?.split('\n')[at - 1]).toBe("  '@acme/deep@1.0.0':");
  });

  it('one document: a config dependency is asked anew', () => {
    expect(lines(fixture('pnpm/config', 'lock-10')).slice(0, config.length)).toEqual(config);
  });

  it('reads the same with line ends of Windows', () => {
    const files = fixture('pnpm/config', 'lock-12');
    const windows = { ...files, 'pnpm-lock.yaml': files['pnpm-lock.yaml']?.replaceAll('\n', '\r\n') };
    expect(project(windows).dependencies).toEqual(project(files).dependencies);
  });
});

function lock(text: string): ResolvedLock {
  const read = parsePnpmLock(text);
  if (read.kind !== 'lock') throw new Error(JSON.stringify(read));
  return read.lock;
}

function fault(text: string): InputProblem {
  const read = parsePnpmLock(text);
  if (read.kind !== 'unreadable') throw new Error(`it is ${read.kind}`);
  return read.problem;
}

const nine = "lockfileVersion: '9.0'\n";

it.each([
  ['@acme/opt', false],
  ['@acme/*', false],
  ['*/o*t', false],
  ['@acme/*opt*', false],
  ['@acme/other', true],
  ['@acme/o*p', true],
  ['@acme/opt*opt', true],
])('leaves an optional dependency out that ignoredOptionalDependencies names: %s', (pattern, isAsked) => {
  const files = {
    'package.json': { optionalDependencies: { '@acme/opt': '1' }, dependencies: { '@acme/prod': '1' } },
    'pnpm-lock.yaml': `${nine}ignoredOptionalDependencies:\n  - '${pattern}'\n`,
  };
  expect(project(files).dependencies.map(line)).toEqual([
    ...(isAsked ? ['optional @acme/opt 1 registry@- <.'] : []),
    'prod @acme/prod 1 registry@- <.',
  ]);
});

describe('entries', () => {
  it.each([
    ['6.0', '/x@1.2.3', '', 'x 1.2.3 registry'],
    ['6.0', '/@s/x@1.2.3-rc.1+b(@s/y@1.0.0)(z@2.0.0(w@1.0.0))', '', '@s/x 1.2.3-rc.1 registry'],
    ['6.1', '/x@1.2.3(patch_hash=abc)', '', 'x 1.2.3 registry'],
    ['5.4', '/x/1.2.3', '', 'x 1.2.3 registry'],
    ['5.4', '/@s/x/1.2.3_@s+y@1.0.0+z@2.0.0', '', '@s/x 1.2.3 registry'],
    ['5.1', '/x/1.2.3/y@1.0.0', '', 'x 1.2.3 registry'],
    ['5.4-inlineSpecifiers', '/x/1.2.3_ab12', '', 'x 1.2.3 registry'],
    ['5.3', 'registry.example/@s/x/1.2.3', '', '@s/x 1.2.3 registry'],
    ['6.1', 'registry.example/@s/x@1.2.3(y@1.0.0)', '', '@s/x 1.2.3 registry'],
    ['6.0', 'localhost+4873/x@1.2.3', '', 'x 1.2.3 registry'],
    [
      '6.0',
      "'@h.example/x/-/x-1.2.3.tgz'",
      '{tarball: https://h.example/x/-/x-1.2.3.tgz}',
      '@h.example/x/-/x-1.2.3.tgz  url',
    ],
    ['6.0', 'file:dir/x@1(y@1.0.0)', '{directory: dir/x@1, type: directory}', 'file:dir/x@1(y@1.0.0)  file'],
    ['9.0', 'x@1.2.3', '', 'x 1.2.3 registry'],
    ['9.0', 'x@work:1.2.3', '', 'x 1.2.3 registry'],
    ['7.0', "'@s/x@1.2.3(y@1.0.0)'", '', '@s/x 1.2.3 registry'],
    [
      '9.0',
      'x@https://codeload.github.com/s/x/tar.gz/0a1b',
      '{tarball: https://codeload.github.com/s/x/tar.gz/0a1b, gitHosted: true}',
      'x  git',
    ],
    [
      '9.0',
      'x@git+https://h.example/x.git#0a1b',
      '{commit: 0a1b, repo: "https://h.example/x.git", type: git}',
      'x  git',
    ],
    ['9.0', 'x@https://h.example/x.tgz', '{tarball: https://h.example/x.tgz}', 'x  url'],
    ['9.0', 'x@file:x.tgz', '{tarball: "file:x.tgz"}', 'x  file'],
    ['9.0', 'x@file:dir(1)(y@1.0.0)', '{directory: "dir(1)", type: directory}', 'x  file'],
    ['9.0', 'node@runtime:22.0.0', '{type: variations, variants: []}', 'node 22.0.0 url'],
    [
      '9.0',
      "'@s/x@1.0.0'",
      '{integrity: sha512-a, tarball: https://gitlab.com/api/v4/projects/1/packages/npm/@s/x/-/@s/x-1.0.0.tgz, gitHosted: true}',
      '@s/x 1.0.0 registry',
    ],
  ])('lockfileVersion %s, %s', (version, key, resolution, expected) => {
    const entry = resolution === '' ? '{integrity: sha512-a}' : resolution;
    const { packages } = lock(
      `lockfileVersion: '${version}'\npackages:\n  ${key}:\n    resolution: ${entry}\n`,
    );
    const [found] = packages.values();
    expect(`${found?.name} ${found?.version} ${found?.from}`).toBe(expected);
    expect(found?.position).toEqual({ line: 3, column: key.startsWith("'") ? 4 : 3 });
  });

  it('places keys that are too long for one line', () => {
    const peers = `(y@1.0.0${'x'.repeat(1100)})`;
    const { packages } = lock(
      `${nine}packages:\n  ? x@1.0.0${peers}\n  : resolution: {integrity: sha512-a}\n`,
    );
    expect([...packages.values()]).toMatchObject([
      { name: 'x', version: '1.0.0', position: { line: 3, column: 5 } },
    ]);
  });

  it('keeps versions as written', () => {
    const { packages, resolve } = lock(
      `${nine}importers:\n  .:\n    dependencies:\n      x: {specifier: 1.10, version: 1.10.0}\npackages:\n  x@1.10.0: {resolution: {integrity: sha512-a}}\n`,
    );
    expect(packages.size).toBe(1);
    expect(resolve('', 'x', '1.10')).toBe('x@1.10.0');
  });

  it('gives nothing for another range, another folder or a missing entry', () => {
    const { resolve } = lock(
      `${nine}importers:\n  .:\n    dependencies:\n      x: {specifier: ^1.0.0, version: 1.0.0}\n      y: {specifier: ^1.0.0, version: 1.0.0}\npackages:\n  x@1.0.0: {resolution: {integrity: sha512-a}}\n`,
    );
    expect(resolve('', 'x', '^1.0.0')).toBe('x@1.0.0');
    expect(resolve('', 'x', '^1.0.1')).toBeNull();
    expect(resolve('a', 'x', '^1.0.0')).toBeNull();
    expect(resolve('', 'y', '^1.0.0')).toBeNull();
    expect(resolve('', 'constructor', '*')).toBeNull();
  });

  it('takes a range that an override replaced, for its name only', () => {
    const { resolve } = lock(
      `${nine}overrides:\n  a>x@^1: 2.0.0\nimporters:\n  .:\n    dependencies:\n      x: {specifier: 2.0.0, version: 2.0.0}\n      y: {specifier: 2.0.0, version: 2.0.0}\npackages:\n  x@2.0.0: {resolution: {integrity: sha512-a}}\n  y@2.0.0: {resolution: {integrity: sha512-a}}\n`,
    );
    expect(resolve('', 'x', '^1.0.0')).toBe('x@2.0.0');
    expect(resolve('', 'y', '^1.0.0')).toBeNull();
  });
});

describe('unreadable lockfiles', () => {
  it.each([
    [
      'a merge conflict',
      `${nine}<<<<<<< HEAD\npackages: {}\n=======\npackages: {}\n>>>>>>> b\n`,
      2,
      1,
      /merge conflict marker/,
    ],
    ['broken YAML', `${nine}packages:\n  a: {b\n`, 4, 1, /no valid YAML/],
    ['a key that stands twice', `${nine}packages:\n  a: {}\n  a: {}\n`, 4, 3, /duplicated/],
    [
      'a newer version',
      "lockfileVersion: '10.0'\npackages: {}\n",
      1,
      1,
      /lockfileVersion 10\.0: this check reads 5 to 9/,
    ],
    ['an older version', 'settings: {}\nlockfileVersion: 4\n', 2, 1, /lockfileVersion 4:/],
    ['no version', 'packages: {}\n', 1, 1, /no "lockfileVersion"/],
    ['a version that is none', 'lockfileVersion: [9]\n', 1, 1, /no "lockfileVersion"/],
    ['a list', '- 1\n', 1, 1, /no mapping/],
    ['packages that are a list', `${nine}packages: []\n`, 2, 1, /"packages" that is no mapping/],
    ['an entry that is a text', `${nine}packages:\n  x@1.0.0: text\n`, 3, 3, /entry that is no mapping/],
    ['a folder that is a text', `${nine}importers:\n  a: text\n`, 3, 3, /folder in "importers"/],
    ['a repeated folder', `${nine}importers:\n  a: &a\n    dependencies: {}\n  b: *a\n`, 5, 3, /alias/],
    [
      'a repeated entry',
      `${nine}packages:\n  a@1.0.0: &a {dependencies: {}}\n  b@1.0.0: *a\n`,
      4,
      3,
      /alias/,
    ],
    ['two documents without a marker at the top', `${nine}---\n${nine}`, 1, 1, /document/],
    [
      'a fault behind the first document',
      `---\n${nine}\n---\n${nine}packages:\n  a: [\n`,
      8,
      1,
      /no valid YAML/,
    ],
    ['deep nesting', `${nine}x: ${'['.repeat(100_000)}`, 2, 101, /nesting/],
  ])('%s', (_name, text, at, column, message) => {
    const problem = fault(text);
    expect(problem).toMatchObject({ file: 'pnpm-lock.yaml', line: at });
    expect(problem.message).toMatch(message);
    if (column !== 101) expect(problem.column).toBe(column);
  });

  it('says what to do about a newer version', () => {
    expect(fault("lockfileVersion: '10.0'\n").hint).toMatch(/update npmrc-preflight/);
  });

  it.each([
    ['an empty file', ''],
    ['a comment', '# nothing\n'],
    ['a file of pnpm’s own document', `---\n${nine}`],
  ])('%s is no lockfile', (_name, text) => {
    expect(parsePnpmLock(text).kind).toBe('absent');
  });

  it('a folder of that name is named', () => {
    const read = reading({ 'package.json': {}, 'pnpm-lock.yaml': { kind: 'directory' } }, 'pnpm');
    expect(read).toMatchObject({ kind: 'unreadable', problem: { file: 'pnpm-lock.yaml' } });
  });
});

describe('hostile lockfiles', () => {
  it('takes names of every object for names', () => {
    const { packages, resolve } = lock(
      `${nine}importers:\n  .:\n    dependencies:\n      __proto__: {specifier: '1', version: 1.0.0}\n      constructor: {specifier: '1', version: 1.0.0}\npackages:\n  __proto__@1.0.0: {resolution: {integrity: a}}\n  constructor@1.0.0: {resolution: {integrity: a}}\n  __proto__: {resolution: {tarball: b}}\n`,
    );
    expect(packages.size).toBe(3);
    expect(resolve('', '__proto__', '1')).toBe('__proto__@1.0.0');
    expect(resolve('', 'toString', '1')).toBeNull();
  });

  it('ends on aliases of aliases and merge keys', () => {
    let text = nine;
    for (let level = 0; level < 60; level += 1) {
      const before =
        level === 0
          ? 'x'
          : Array(10)
              .fill(`*l${level - 1}`)
              .join(', ');
      text += `l${level}: &l${level} [${before}]\n`;
    }
    expect(
      lock(`${text}packages:\n  <<: *l0\n  a@1.0.0: {}\n`.replace('<<: *l0', '<<: {}')).packages.size,
    ).toBe(2);
  });

  it('a reading or a problem comes back for every text with one character changed', () => {
    const files = fixture('pnpm/config', 'lock-12');
    const characters = [...'\'":{}[]&*!|>-#,?@% \t\n\u0000'];
    for (const path of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) {
      const text = files[path] ?? '';
      for (let at = 0; at < text.length; at += 3) {
        const changed = text.slice(0, at) + characters[at % characters.length] + text.slice(at + 1);
        const read = reading({ ...files, [path]: changed }, 'pnpm');
        if (read.kind === 'unreadable') expect(read.problem.line).toBeGreaterThan(0);
      }
    }
  });

  it('ends on circles', () => {
    const names = Array.from({ length: 200 }, (_, at) => `p${at}`);
    const entries = names.map(
      (name) => `  ${name}@1.0.0:\n    dependencies:\n${names.map((to) => `      ${to}: 1.0.0\n`).join('')}`,
    );
    const files = {
      'package.json': { dependencies: { p0: '1' }, devDependencies: { p1: '1' } },
      'pnpm-lock.yaml': `${nine}importers:\n  .:\n    dependencies:\n      p0: {specifier: '1', version: 1.0.0}\nsnapshots:\n${entries.join('')}`,
    };
    expect(project(files).dependencies).toHaveLength(201);
  });

  it('of 50 MB is read whole, with places', () => {
    const count = 100_000;
    const parts = [
      nine,
      'importers:\n  .:\n    dependencies:\n      p0: {specifier: ^1.0.0, version: 1.0.0}\n',
    ];
    parts.push('packages:\n');
    const hash = 'a'.repeat(86);
    const tarball = `${api}/1/packages/npm/@acme/some-package-with-a-long-name/-/some-package-1.0.0.tgz`;
    for (let at = 0; at < count; at += 1) {
      parts.push(
        `  p${at}@1.0.0:\n    resolution: {integrity: sha512-${hash}, tarball: ${tarball}}\n    engines: {node: '>=18'}\n\n`,
      );
    }
    parts.push('snapshots:\n');
    for (let at = 0; at < count; at += 1) {
      const to = (step: number) => (at + step) % count;
      parts.push(`  p${at}@1.0.0:\n    dependencies:\n      p${to(1)}: 1.0.0\n      p${to(9)}: 1.0.0\n`);
      parts.push(
        `    optionalDependencies:\n      p${to(7)}: 1.0.0\n      p${to(77)}: 1.0.0\n      p${to(777)}: 1.0.0\n`,
      );
      parts.push(
        `    transitivePeerDependencies:\n      - supports-color-and-other-things-that-take-room\n\n`,
      );
    }
    const text = parts.join('');
    expect(text.length).toBeGreaterThan(50_000_000);
    const { dependencies } = project({
      'package.json': { dependencies: { p0: '^1.0.0' } },
      'pnpm-lock.yaml': text,
    });
    expect(dependencies).toHaveLength(count);
    expect(dependencies.at(-1)?.source).toMatchObject({ line: 6 + 4 * (count - 1) + 1, column: 3 });
    expect(dependencies.at(-1)?.reachedBy).toEqual([['prod']]);
  });
});
