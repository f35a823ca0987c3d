import { describe, expect, it } from 'vitest';
import type { ParentPackage } from '../../src/domain/project.ts';
import { lines, one, problem, project, reading } from './reading.ts';

describe('dependencies of the manifest', () => {
  const specs: [spec: string, expected: string][] = [
    ['^1.0.0', '@acme/x ^1.0.0 registry'],
    ['1.2.3', '@acme/x 1.2.3 registry'],
    ['', '@acme/x * registry'],
    ['latest', '@acme/x latest registry'],
    ['>=1 <3 || 5.x', '@acme/x >=1 <3 || 5.x registry'],
    ['npm:@acme/real@^2.0.0', '@acme/real=@acme/x npm:@acme/real@^2.0.0 registry'],
    ['npm:@acme/real', '@acme/real=@acme/x npm:@acme/real registry'],
    ['acme/repo', '@acme/x acme/repo git'],
    ['github:acme/repo#v1', '@acme/x github:acme/repo#v1 git'],
    [
      'git+ssh://git@git.example/acme/x.git#semver:^1',
      '@acme/x git+ssh://git@git.example/acme/x.git#semver:^1 git',
    ],
    ['git@git.example:acme/x.git', '@acme/x git@git.example:acme/x.git git'],
    ['https://files.example/x.tgz', '@acme/x https://files.example/x.tgz url'],
    ['https://me:glpat-secret@files.example/x.tgz', '@acme/x https://…@files.example/x.tgz url'],
    ['git+https://oauth2:glpat-secret@git.example/x.git', '@acme/x git+https://…@git.example/x.git git'],
    ['file:../x', '@acme/x file:../x file'],
    ['./x.tgz', '@acme/x ./x.tgz file'],
    ['link:../x', '@acme/x link:../x file'],
    ['portal:../x', '@acme/x portal:../x file'],
    ['workspace:*', '@acme/x workspace:* workspace'],
    ['workspace:@acme/other@^1', '@acme/other=@acme/x workspace:@acme/other@^1 workspace'],
    ['catalog:react', '@acme/x catalog:react registry'],
    ['patch:@acme/x@npm%3A1.0.0#./p.patch', '@acme/x patch:@acme/x@npm%3A1.0.0#./p.patch registry'],
    ['unknown:thing', '@acme/x unknown:thing url'],
  ];
  it.each(specs)('reads %j', (spec, expected) => {
    expect(lines({ 'package.json': { dependencies: { '@acme/x': spec } } })).toEqual([
      `prod ${expected}@- <.`,
    ]);
  });

  it('lists every kind in the order of the file, with its place', () => {
    const { dependencies } = project({
      'package.json': {
        devDependencies: { '@acme/dev': '1' },
        peerDependencies: { '@acme/peer': '1' },
        optionalDependencies: { '@acme/optional': '1' },
        dependencies: { '@acme/prod': '1' },
      },
    });
    expect(dependencies.map(({ kind, name }) => [kind, name])).toEqual([
      ['dev', '@acme/dev'],
      ['peer', '@acme/peer'],
      ['optional', '@acme/optional'],
      ['prod', '@acme/prod'],
    ]);
    expect(one(dependencies, '@acme/peer').source).toEqual({
      kind: 'file',
      path: 'package.json',
      line: 6,
      column: 6,
      key: 'peerDependencies',
    });
  });

  it.each([
    ['dev and peer', { devDependencies: { x: '2' }, peerDependencies: { x: '1' } }, '2', [['dev']]],
    ['prod and dev', { dependencies: { x: '1' }, devDependencies: { x: '2' } }, '2', [['dev']]],
    ['prod and peer', { dependencies: { x: '2' }, peerDependencies: { x: '1' } }, '2', [['prod']]],
    [
      'prod and optional',
      { dependencies: { x: '1' }, optionalDependencies: { x: '2' } },
      '2',
      [['optional']],
    ],
  ])('takes the range that npm takes for a name in %s', (_name, manifest, requested, reachedBy) => {
    const dependency = one(project({ 'package.json': manifest }).dependencies, 'x');
    expect([dependency.requested, dependency.reachedBy]).toEqual([requested, reachedBy]);
  });

  it.each([
    ['npm', '6.14.18', [['prod'], ['dev']], [['dev']]],
    ['npm', '12.2.0', [['dev']], [['dev']]],
    ['pnpm', '10.34.9', [['prod'], ['dev']], [['dev']]],
    ['bun', '1.4.5', [['prod'], ['dev']], [['dev'], ['peer']]],
  ] as const)(
    'for %s %s counts of several maps what it fetches without the others',
    (client, version, x, y) => {
      const manifest = {
        dependencies: { x: '1' },
        devDependencies: { x: '1', y: '1' },
        peerDependencies: { y: '1' },
      };
      const habits = { version, installsPeers: version !== '6.14.18' };
      const { dependencies } = project({ 'package.json': manifest }, client, habits);
      expect([one(dependencies, 'x').reachedBy, one(dependencies, 'y').reachedBy]).toEqual([x, y]);
    },
  );

  const maps = {
    prod: 'dependencies',
    dev: 'devDependencies',
    optional: 'optionalDependencies',
    peer: 'peerDependencies',
  };
  it.each([
    ['npm', '2 1 2 2 2 1'],
    ['yarn-berry', '2 1 2 2 2 1'],
    ['pnpm', '1 1 2 2 3 1'],
    ['yarn', '1 1 2 2 3 1'],
  ] as const)('for %s takes of several maps the range that it fetches by', (client, ranges) => {
    const pairs = [
      { prod: '1', dev: '2' },
      { prod: '1', peer: '3' },
      { dev: '2', peer: '3' },
      { prod: '1', optional: '2' },
      { dev: '2', optional: '3' },
      { optional: '1', peer: '3' },
    ];
    const taken = pairs.map((pair) => {
      const fields = Object.entries(pair).map(([kind, x]) => [maps[kind as keyof typeof maps], { x }]);
      return one(project({ 'package.json': Object.fromEntries(fields) }, client).dependencies, 'x').requested;
    });
    expect(taken.join(' ')).toBe(ranges);
  });

  it('leaves optional peers out, which npm does not install', () => {
    expect(
      lines({
        'package.json': {
          peerDependencies: { a: '1', b: '1', c: '1' },
          peerDependenciesMeta: { a: { optional: true }, b: { optional: false }, c: 'optional' },
        },
      }),
    ).toEqual(['peer b 1 registry@- <.', 'peer c 1 registry@- <.']);
  });

  it('treats __proto__ and constructor as plain names', () => {
    const result = reading({
      'package.json':
        '{"__proto__":{"dependencies":{"evil":"1"}},"dependencies":{"constructor":"1","toString":"2"}}',
    });
    expect(result.kind === 'read' && result.project.dependencies.map(({ name }) => name)).toEqual([
      'constructor',
      'toString',
    ]);
    expect(problem({ 'package.json': '{"dependencies":{"__proto__":"1"}}' }).message).toContain(
      '"__proto__" is no package name',
    );
    expect(({} as Record<string, unknown>).dependencies).toBeUndefined();
  });

  it('takes the last of duplicate names, with its place', () => {
    const text = '{\n"dependencies": {"old": "1"},\n"dependencies": {"x": "1",\n"x": "2"}}';
    const { dependencies } = project({ 'package.json': text });
    expect(dependencies).toHaveLength(1);
    expect(dependencies[0]).toMatchObject({ name: 'x', requested: '2', source: { line: 4, column: 2 } });
  });

  it('accepts a byte order mark, null maps and an empty object', () => {
    expect(lines({ 'package.json': '\ufeff{"dependencies": {"x": "1"}}' })).toEqual([
      'prod x 1 registry@- <.',
    ]);
    expect(lines({ 'package.json': '{"dependencies": null, "overrides": null}' })).toEqual([]);
    expect(project({ 'package.json': '{}' })).toMatchObject({
      name: null,
      publish: [],
      declaredClient: null,
      lockfile: null,
    });
  });
});

describe('overrides without a lockfile', () => {
  it('reads nested rules, dots, ranges in keys and references', () => {
    const { dependencies } = project({
      'package.json': {
        dependencies: { '@acme/direct': '^3', '@acme/same': '1' },
        overrides: {
          '@acme/plain': '1.0.0',
          '@acme/outer@^2': { '.': '2.1.0', '@acme/inner': '4.0.0' },
          '@acme/ref': '$@acme/direct',
          '@acme/same': '1',
          aliased: 'npm:@acme/real@5',
        },
      },
    });
    const overrides = dependencies.filter(({ kind }) => kind === 'override');
    expect(overrides.map(({ name, alias, requested }) => [name, alias, requested]).sort()).toEqual([
      ['@acme/inner', null, '4.0.0'],
      ['@acme/outer', null, '2.1.0'],
      ['@acme/plain', null, '1.0.0'],
      ['@acme/real', 'aliased', '5'].map((value) => (value === '5' ? 'npm:@acme/real@5' : value)),
      ['@acme/ref', null, '^3'],
    ]);
    expect(one(overrides, '@acme/inner').source).toMatchObject({ path: 'package.json', line: 10, column: 8 });
  });

  it('puts what stands below the most first, as npm takes it', () => {
    const { overrides = [] } = project({
      'package.json': {
        overrides: { lib: '9.0.0', app: { lib: '8.0.0' }, outer: { app: { lib: '1.0.0', '.': '2.0.0' } } },
      },
    });
    const way = (below: ParentPackage | undefined): readonly string[] =>
      below ? [below.name, ...way(below.below)] : [];
    expect(overrides.map(({ installName, to, below }) => [installName, to?.requested, way(below)])).toEqual([
      ['lib', '1.0.0', ['app', 'outer']],
      ['app', '2.0.0', ['outer']],
      ['lib', '8.0.0', ['app']],
      ['lib', '9.0.0', []],
    ]);
  });

  it('puts a rule for a name in force for workspaces', () => {
    expect(
      lines({
        'package.json': { workspaces: ['a'], overrides: { x: '2.0.0', other: { y: '9' } } },
        'a/package.json': { dependencies: { x: '^1', y: '^1' } },
      }).slice(0, 2),
    ).toEqual(['prod x 2.0.0 registry@- <a,.', 'prod y ^1 registry@- <a']);
  });
});

describe('files that can not be used', () => {
  const broken: [name: string, text: string, place: [number, number], message: RegExp][] = [
    ['an empty file', '', [1, 1], /is empty/],
    ['white space', ' \n\t', [1, 1], /is empty/],
    ['an array', '[]', [1, 1], /holds an array, not an object/],
    ['null', 'null', [1, 1], /holds null/],
    ['a text', '\n "x"', [2, 2], /holds a text/],
    ['a trailing comma', '{\n  "name": "x",\n}', [2, 14], /a trailing comma before "}"/],
    [
      'a missing comma',
      '{\n  "name": "x"\n  "version": "1"\n}',
      [3, 3],
      /expected "," or "}" but found a text$/,
    ],
    ['single quotes', "{'name': 1}", [1, 2], /expected a name in double quotes or "}" but found "'name'/],
    ['a comment', '{\n// hello\n}', [2, 1], /a comment: JSON has none/],
    ['a missing colon', '{"name" "x"}', [1, 9], /expected ":" after the name but found a text$/],
    [
      'an end too early',
      '{"a": {"b": 1\n\n',
      [1, 14],
      /the file ends here \(the object opened in line 1 is not closed\)/,
    ],
    ['something behind', '{} {}', [1, 4], /expected the end of the file but found "{"/],
    ['an open text', '{"name": "x\n}', [1, 10], /not closed by a double quote/],
    ['a control character', '{"name": "x\u0001"}', [1, 10], /a control character/],
    [
      'a merge conflict',
      '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> b\n}',
      [2, 1],
      /merge conflict marker, "<<<<<<<"/,
    ],
    ['a leading zero', '{"a": 01}', [1, 8], /expected "," or "}" but found "1"/],
    [
      'dependencies as a list',
      '{\n "dependencies": ["x"]}',
      [2, 18],
      /"dependencies" is an array, not an object/,
    ],
    ['dependencies as a text', '{"devDependencies": "x"}', [1, 21], /"devDependencies" is a text/],
    ['dependencies as a number', '{"peerDependencies": 5}', [1, 22], /"peerDependencies" is the number 5/],
    [
      'a range that is a number',
      '{"dependencies": {\n"x": 5}}',
      [2, 6],
      /the range of "x" in "dependencies" is the number 5, not a text/,
    ],
    [
      'a range that is null',
      '{"dependencies": {"x": null}}',
      [1, 24],
      /the range of "x" in "dependencies" is null/,
    ],
    [
      'a tag that none can be',
      '{"dependencies": {"x": "foo bar"}}',
      [1, 19],
      /"foo bar" of "x" is no version, range, tag or address/,
    ],
    [
      'a nested alias',
      '{"dependencies": {"x": "npm:y@npm:z@1"}}',
      [1, 19],
      /is no version, range, tag or address/,
    ],
    ['a name with a line end', '{"dependencies": {"a\\nb": "1"}}', [1, 19], /"a\\nb" is no package name/],
    [
      'a name with ANSI',
      '{"dependencies": {"a\\u001b[31m": "1"}}',
      [1, 19],
      /"a\\x1b\[31m" is no package name/,
    ],
    ['an empty name', '{"dependencies": {"": "1"}}', [1, 19], /empty name/],
    ['a scope alone', '{"dependencies": {"@acme/": "1"}}', [1, 19], /"@acme\/" is no package name/],
    ['a name of a path', '{"dependencies": {"../x": "1"}}', [1, 19], /"\.\.\/x" is no package name/],
    ['an endless range', `{"dependencies": {"x": "${'1'.repeat(9000)}"}}`, [1, 19], /has 9000 characters/],
    ['workspaces as a text', '{"workspaces": "a"}', [1, 16], /"workspaces" is a text, not a list of folders/],
    ['workspaces of numbers', '{"workspaces": ["a", 5]}', [1, 22], /"workspaces" lists the number 5/],
    ['overrides as a list', '{"overrides": []}', [1, 15], /"overrides" is an array/],
    [
      'an override that is a number',
      '{"overrides": {"x": {"y": 5}}}',
      [1, 27],
      /the override of "y" is the number 5/,
    ],
    [
      'a reference to nothing',
      '{"overrides": {"x": "$y"}}',
      [1, 16],
      /the override "\$y" of "x" names no direct dependency/,
    ],
  ];
  it.each(broken)('%s', (_name, text, [line, column], message) => {
    const found = problem({ 'package.json': text });
    expect(found).toMatchObject({ file: 'package.json', line, column });
    expect(found.message).toMatch(message);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the message must hold none
    expect(found.message).not.toMatch(/[\u0000-\u001f]/);
  });

  const all = ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'] as const;
  it.each([
    ['a map that is an empty list', { devDependencies: [] }, ['npm', 'pnpm', 'yarn', 'yarn-berry']],
    ['a map that is an empty text', { devDependencies: '' }, ['npm', 'pnpm', 'yarn', 'yarn-berry']],
    ['a map that is false', { devDependencies: false }, ['npm', 'pnpm', 'yarn', 'yarn-berry']],
    ['a map that is a list of names', { devDependencies: ['y'] }, []],
    ['a comment', { devDependencies: { '//': 'why it is here' } }, ['yarn', 'yarn-berry']],
    ['a comment of several lines', { devDependencies: { '//': ['why', 'not'] } }, ['yarn', 'yarn-berry']],
    ['a range that is none', { devDependencies: { y: null } }, ['yarn-berry']],
    [
      'a folder with a name of its own',
      { devDependencies: { $y: 'link:./y' } },
      ['yarn', 'yarn-berry', 'bun'],
    ],
    ['a name that no registry takes', { devDependencies: { $y: '^1.0.0' } }, []],
    ['a path for a name', { devDependencies: { '../y': 'link:./y' } }, ['yarn', 'yarn-berry', 'bun']],
    ['overrides of nothing', { overrides: { y: '$z' } }, ['pnpm', 'yarn', 'yarn-berry', 'bun']],
    [
      'a comment in overrides',
      { overrides: { '//': 'why it is here' } },
      ['pnpm', 'yarn', 'yarn-berry', 'bun'],
    ],
    ['an override that is none', { overrides: { y: { '.': 5 } } }, ['pnpm', 'yarn', 'yarn-berry', 'bun']],
    ['overrides that are a list', { overrides: [] }, ['pnpm', 'yarn', 'yarn-berry']],
    ['workspaces that are none', { workspaces: false }, ['pnpm', 'yarn', 'yarn-berry']],
    ['workspaces without a list', { workspaces: { packages: null } }, ['pnpm', 'yarn', 'yarn-berry']],
  ])('%s: some clients install all the same', (_name, faulty, passing) => {
    const files = { 'package.json': { dependencies: { x: '1' }, ...faulty } };
    const readBy = all.filter((client) => reading(files, client).kind === 'read');
    expect(readBy).toEqual(passing);
    for (const client of readBy) {
      const fetched = project(files, client).dependencies.filter(({ from }) => from === 'registry');
      expect(fetched.map(({ name }) => name)).toEqual(['x']);
    }
  });

  it('names folders that hold a package.json when there is none', () => {
    const found = problem({ 'web/package.json': '{}', 'api/package.json': '{}', 'docs/readme.md': '' });
    expect(found).toMatchObject({ file: 'package.json', line: 1, column: 1 });
    expect(found.message).toMatch(/there is no package.json in/);
    expect(found.hint).toBe('set "working-directory" to the folder that holds it, e.g. "api" or "web"');
  });

  it.each([
    ['a folder', { kind: 'directory' }, /package.json is a folder, not a file/],
    [
      'no permission',
      { kind: 'unreadable', why: 'EACCES: permission denied' },
      /can't be read: EACCES: permission denied/,
    ],
  ])('a package.json that is %s', (_name, file, message) => {
    expect(problem({ 'package.json': file }).message).toMatch(message);
  });

  it('keeps passwords of addresses out of messages', () => {
    const text = '{"dependencies": {"x": "https://me:glpat-secret@files example/x.tgz"}}';
    expect(JSON.stringify(reading({ 'package.json': text }))).not.toContain('glpat-secret');
  });
});

describe('what else the manifest says', () => {
  it.each([
    [{ packageManager: 'pnpm@9.1.0+sha512.abc' }, 'pnpm', '9.1.0'],
    [{ packageManager: 'npm@10.8.2' }, 'npm', '10.8.2'],
    [{ packageManager: 'yarn@1.22.22' }, 'yarn', '1.22.22'],
    [{ packageManager: 'yarn@4.5.0' }, 'yarn-berry', '4.5.0'],
    [{ packageManager: 'yarn' }, 'yarn', null],
    [{ packageManager: 'bun@1.2.3' }, 'bun', '1.2.3'],
    [{ devEngines: { packageManager: { name: 'npm', version: '^11' } } }, 'npm', null],
    [{ devEngines: { packageManager: { name: 'yarn', version: '>=3' } } }, 'yarn-berry', null],
    [
      { devEngines: { packageManager: [{ name: 'other' }, { name: 'pnpm', version: '10.0.1' }] } },
      'pnpm',
      '10.0.1',
    ],
    [{ packageManager: 'npm@11.0.0', devEngines: { packageManager: { name: 'pnpm' } } }, 'npm', '11.0.0'],
  ])('declares the client: %j', (manifest, name, version) => {
    expect(project({ 'package.json': manifest }).declaredClient).toMatchObject({ name, version });
  });

  it.each([
    { packageManager: 'cargo@1.0.0' },
    { packageManager: 5 },
    { packageManager: '' },
    { devEngines: { packageManager: 'npm' } },
    { devEngines: null },
  ])('declares none: %j', (manifest) => {
    expect(project({ 'package.json': manifest }).declaredClient).toBeNull();
  });

  it.each([
    [
      'its own scope first',
      { publishConfig: { '@acme:registry': 'https://a.example/', registry: 'https://b.example/' } },
      'https://a.example/',
    ],
    [
      'the registry',
      { publishConfig: { '@other:registry': 'https://a.example/', registry: 'https://b.example/' } },
      'https://b.example/',
    ],
    ['nothing', {}, null],
    ['a wrong type', { publishConfig: [] }, null],
    ['a wrong value', { publishConfig: { registry: 5 } }, null],
  ])('publishes to %s', (_name, manifest, registry) => {
    const { publish } = project({ 'package.json': { name: '@acme/x', version: '1.0.0', ...manifest } });
    expect(publish).toMatchObject([{ name: '@acme/x', version: '1.0.0', registry }]);
  });

  it('does not publish private packages nor those without a name', () => {
    expect(project({ 'package.json': { name: 'x', private: true } }).publish).toEqual([]);
    expect(project({ 'package.json': {} }).publish).toEqual([]);
  });
});
