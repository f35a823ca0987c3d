import { describe, expect, it } from 'vitest';
import { type Dependency, isAskedAsOptional, wantedRange } from '../../src/domain/dependency.ts';
import { clientOfProject } from '../../src/project/find-lockfiles.ts';
import { selectDependencies } from '../../src/project/select-dependencies.ts';
import { fixture, line, lines, one, project, reading } from './reading.ts';

const nine = "lockfileVersion: '9.0'\n";

/** A pnpm lockfile: what folders get (`name specifier version`), and packages with what they ask for. */
function pnpmLock(
  folders: Record<string, readonly string[]>,
  packages: Record<string, Record<string, readonly string[]>>,
): string {
  const importers = Object.entries(folders).map(([folder, asked]) => {
    const entries = asked.map((text) => {
      const [name = '', specifier = '', version = ''] = text.split(' ');
      return `      '${name}': {specifier: '${specifier}', version: '${version}'}\n`;
    });
    return `  '${folder}':\n    dependencies:\n${entries.join('')}`;
  });
  const keys = Object.keys(packages).map((key) => `  '${key}': {resolution: {integrity: sha512-a}}\n`);
  const snapshots = Object.entries(packages).map(([key, maps]) => {
    const written = Object.entries(maps).map(([map, asked]) => {
      const entries = asked.map((text) => text.split(' ').map((word) => `'${word}'`));
      return `    ${map}:\n${entries.map(([name, version]) => `      ${name}: ${version}\n`).join('')}`;
    });
    return written.length === 0 ? `  '${key}': {}\n` : `  '${key}':\n${written.join('')}`;
  });
  return `${nine}importers:\n${importers.join('')}packages:\n${keys.join('')}snapshots:\n${snapshots.join('')}`;
}

describe('what a lockfile gives the manifests', () => {
  const files = {
    'package.json': {
      dependencies: { a: '^1.0.0', other: 'npm:b@^1.0.0' },
      devDependencies: { a: '^1.0.0', d: '1' },
      optionalDependencies: { o: '1' },
    },
    'pnpm-lock.yaml': pnpmLock(
      { '.': ['a ^1.0.0 1.0.0', 'other npm:b@^1.0.0 b@1.0.0', 'd 1 1.0.0', 'o 1 1.0.0'] },
      {
        'a@1.0.0': { dependencies: ['c 1.0.0'], optionalDependencies: ['n 1.0.0'] },
        'b@1.0.0': { dependencies: ['renamed c@1.0.0'] },
        'c@1.0.0': { dependencies: ['a 1.0.0'] },
        'd@1.0.0': { dependencies: ['e 1.0.0'] },
        'e@1.0.0': {},
        'n@1.0.0': {},
        'o@1.0.0': { dependencies: ['e 1.0.0'] },
      },
    ),
  };

  it('direct ones in the order of the manifest, then what they bring', () => {
    expect(lines(files)).toEqual([
      'prod b=other npm:b@^1.0.0 registry@1.0.0 <.',
      'prod a ^1.0.0 registry@1.0.0 <.,c',
      'dev d 1 registry@1.0.0 <.',
      'optional o 1 registry@1.0.0 <.',
      'transitive c 1.0.0 registry@1.0.0 <a,b',
      'transitive e 1.0.0 registry@1.0.0 <d,o',
      'transitive n 1.0.0 registry@1.0.0 <a',
    ]);
  });

  it('each way to a package', () => {
    const { dependencies } = project(files);
    expect(one(dependencies, 'a').reachedBy).toEqual([['prod'], ['dev']]);
    expect(one(dependencies, 'e').reachedBy).toEqual([['dev'], ['optional']]);
    expect(one(dependencies, 'n').reachedBy).toEqual([
      ['prod', 'optional'],
      ['dev', 'optional'],
    ]);
  });

  it.each([
    [['prod'], ['a', 'b', 'c']],
    [['dev'], ['a', 'c', 'd', 'e']],
    [['optional'], ['e', 'o']],
    [
      ['prod', 'optional'],
      ['a', 'b', 'c', 'e', 'n', 'o'],
    ],
    [['peer'], []],
  ] as const)('include %j', (kinds, expected) => {
    const names = (found: readonly Dependency[]) => found.map(({ name }) => name).sort();
    expect(names(selectDependencies(project(files), { kinds, depth: 'locked' }))).toEqual(expected);
  });

  it('a range that changed has nothing locked; what is only its own is asked anew', () => {
    const manifest = { dependencies: { a: '^2.0.0', d: '1' } };
    expect(lines({ ...files, 'package.json': manifest })).toEqual([
      'prod a ^2.0.0 registry@- <.',
      'prod d 1 registry@1.0.0 <.',
      'transitive a 1.0.0 registry@1.0.0 <c',
      'transitive b 1.0.0 registry@1.0.0 <',
      'transitive c 1.0.0 registry@1.0.0 <a,b',
      'transitive e 1.0.0 registry@1.0.0 <d,o',
      'transitive n 1.0.0 registry@1.0.0 <a',
      'transitive o 1.0.0 registry@1.0.0 <',
    ]);
  });

  it('what nothing reaches is left out while the lockfile agrees', () => {
    const manifest = { dependencies: { d: '1' } };
    expect(lines({ ...files, 'package.json': manifest })).toEqual([
      'prod d 1 registry@1.0.0 <.',
      'transitive e 1.0.0 registry@1.0.0 <d,o',
    ]);
  });
});

describe('packages of the project', () => {
  const workspace = {
    'pnpm-workspace.yaml': "packages: ['p/*']\n",
    'p/lib/package.json': { name: 'lib', version: '1.2.0', dependencies: { x: '1' } },
    'p/app/package.json': { name: 'app', dependencies: { lib: '^1.0.0' } },
  };
  const root = (extra: object = {}) => ({ 'package.json': { dependencies: {}, ...extra }, ...workspace });

  it('a range is a link where the lockfile says so', () => {
    const text = pnpmLock({ 'p/app': ['lib ^1.0.0 link:../lib'], 'p/lib': ['x 1 1.0.0'] }, { 'x@1.0.0': {} });
    expect(lines({ ...root(), 'pnpm-lock.yaml': text })).toEqual([
      'prod lib ^1.0.0 workspace@- <p/app',
      'prod x 1 registry@1.0.0 <p/lib',
    ]);
  });

  it.each([
    ['the newest pnpm fetches it', {}, '', 'registry'],
    ['pnpm 8 links it', { packageManager: 'pnpm@8.15.9' }, '', 'workspace'],
    ['pnpm 9 fetches it', { packageManager: 'pnpm@9.15.9' }, '', 'registry'],
    ['a setting links it', {}, 'linkWorkspacePackages: true\n', 'workspace'],
    ['a setting does not', { packageManager: 'pnpm@8.15.9' }, 'linkWorkspacePackages: false\n', 'registry'],
  ])('without a lockfile: %s', (_name, extra, settings, from) => {
    const files = root(extra);
    files['pnpm-workspace.yaml'] += settings;
    expect(one(project(files, 'pnpm').dependencies, 'lib').from).toBe(from);
  });

  it.each(['yarn', 'yarn-berry', 'bun'] as const)('%s links what fits, without a lockfile', (client) => {
    const files = root({ workspaces: ['p/*'], dependencies: { lib: '^2.0.0' } });
    const found = project(files, client).dependencies.map(line);
    expect(found[0]).toBe('prod lib ^2.0.0 registry@- <.');
    expect(found).toContain('prod lib ^1.0.0 workspace@- <p/app');
  });

  it('pnpm does not look at `workspaces`, the others not at its file', () => {
    const files = root({ workspaces: ['p/app'] });
    expect(project(files, 'pnpm').workspaces.map(({ path }) => path)).toEqual(['p/app', 'p/lib']);
    expect(project(files, 'npm').workspaces.map(({ path }) => path)).toEqual(['p/app']);
    const alone = { 'package.json': { workspaces: ['p/*'] }, 'p/app/package.json': { name: 'app' } };
    expect(project(alone, 'pnpm').workspaces).toEqual([]);
  });

  it.each([
    ["packages: ['p/*', '!p/lib']\n", ['p/app']],
    ["packages: ['!p/lib', 'p/*']\n", ['p/app']],
    ["packages: ['.', 'p/**']\n", ['p/app', 'p/lib']],
    ['packages: []\n', []],
    ['overrides: {}\n', []],
    ['', []],
  ])('patterns of pnpm: %j', (text, expected) => {
    const files = { ...root(), 'pnpm-workspace.yaml': text };
    expect(project(files, 'pnpm').workspaces.map(({ path }) => path)).toEqual(expected);
  });

  it.each([
    ['packages: p/*\n', 1, 1, /no list/],
    ['a: 1\npackages: [[x]]\n', 2, 1, /no list/],
    ['packages:\n  - "p\n', 3, 1, /no valid YAML/],
    ['- p\n', 1, 1, /no mapping/],
    [`x: 1\npackages: ['${'*'.repeat(9)}a']\n`, 2, 1, /repeats too much/],
  ])('a pnpm-workspace.yaml that is none: %j', (text, at, column, message) => {
    const read = reading({ ...root(), 'pnpm-workspace.yaml': text }, 'pnpm');
    if (read.kind === 'read') throw new Error('it was read');
    expect(read.problem).toMatchObject({ file: 'pnpm-workspace.yaml', line: at, column });
    expect(read.problem.message).toMatch(message);
    expect(reading({ ...root(), 'pnpm-workspace.yaml': text }, 'npm').kind).toBe('read');
  });
});

describe('peers of the project’s own packages', () => {
  const files = { 'package.json': { peerDependencies: { p: '1' }, devDependencies: { q: '1' } } };

  it.each(['npm', 'bun', 'pnpm', 'yarn', 'yarn-berry'] as const)(
    '%s asks for them where it installs peers',
    (client) => {
      const names = (installsPeers: boolean) =>
        project(files, client, { installsPeers }).dependencies.map(({ name }) => name);
      expect(names(true)).toEqual(['p', 'q']);
      expect(names(false)).toEqual(['q']);
    },
  );

  const optional = { peerDependenciesMeta: { p: { optional: true } } };
  const withOptional = {
    'package.json': { workspaces: ['m'], ...files['package.json'], ...optional },
    'pnpm-workspace.yaml': 'packages: [m]\n',
    'm/package.json': { name: 'm', peerDependencies: { p: '2' }, ...optional },
  };

  it.each([
    ['pnpm', true, ['peer p 1 registry@- <.', 'dev q 1 registry@- <.', 'peer p 2 registry@- <m']],
    ['pnpm', false, ['dev q 1 registry@- <.']],
    ['npm', true, ['dev q 1 registry@- <.']],
    ['bun', true, ['dev q 1 registry@- <.']],
    ['yarn-berry', false, ['dev q 1 registry@- <.']],
  ] as const)('of optional ones, %s with peers: %s asks for %j', (client, installsPeers, expected) => {
    expect(lines(withOptional, client, { installsPeers })).toEqual(expected);
  });

  it('an optional one has its entry in the lockfile of pnpm', () => {
    const text = pnpmLock({ '.': ['p 1 1.0.0', 'q 1 1.0.0'] }, { 'p@1.0.0': {}, 'q@1.0.0': {} });
    const manifest = { 'package.json': { ...files['package.json'], ...optional } };
    expect(lines({ ...manifest, 'pnpm-lock.yaml': text })).toEqual([
      'peer p 1 registry@1.0.0 <.',
      'dev q 1 registry@1.0.0 <.',
    ]);
  });

  it.each([
    ['says so', 'settings:\n  autoInstallPeers: false\n', ['dev q 1 registry@1.0.0 <.']],
    ['says the contrary', 'settings:\n  autoInstallPeers: true\n', both()],
    ['says nothing', '', both()],
  ])('a lockfile of pnpm was made without them where it %s', (_what, settings, expected) => {
    const text = pnpmLock({ '.': ['q 1 1.0.0'] }, { 'q@1.0.0': {} });
    expect(lines({ ...files, 'pnpm-lock.yaml': `${text}${settings}` })).toEqual(expected);
  });

  function both() {
    return ['peer p 1 registry@- <.', 'dev q 1 registry@1.0.0 <.'];
  }
});

describe('whether whoever asks for a package asks for it as optional', () => {
  const packages = (more: Record<string, unknown[]>) => {
    const entry = (name: string, needs: object) => [`${name}@1.0.0`, '', needs, ''];
    return {
      o: entry('o', { dependencies: { deep: '1' } }),
      p: entry('p', { optionalDependencies: { t: '1' } }),
      t: entry('t', {}),
      deep: entry('deep', {}),
      ...more,
    };
  };
  const asked = (more: Record<string, unknown[]> = {}) => {
    const groups = { dependencies: { p: '1' }, optionalDependencies: { o: '1' } };
    const lock = {
      lockfileVersion: 1,
      workspaces: { '': { name: 'root', ...groups } },
      packages: packages(more),
    };
    const { dependencies } = project(
      { 'package.json': { name: 'root', ...groups }, 'bun.lock': lock },
      'bun',
    );
    return dependencies.filter(isAskedAsOptional).map(({ name }) => name);
  };

  it('is so where every edge to it is optional, not for what an optional package needs', () => {
    expect(asked()).toEqual(['o', 't']);
  });

  it('is not so where one package needs it', () => {
    const firm = { dependencies: { o: '1', t: '1' } };
    expect(asked({ p: ['p@1.0.0', '', firm, ''] })).toEqual([]);
  });
});

describe('catalogues', () => {
  const asks = { dependencies: { a: 'catalog:', b: 'catalog:old', c: 'catalog:none', d: 'catalog:' } };
  const expected = [
    'prod a ^1.0.0 registry@- <.',
    'prod b 0.9.0 registry@- <.',
    'prod c catalog:none registry@- <.',
    'prod @acme/e=d npm:@acme/e@2 registry@- <.',
  ];
  const yaml =
    "catalog:\n  a: ^1.0.0\n  d: 'npm:@acme/e@2'\ncatalogs:\n  old:\n    b: 0.9.0\n  none: {c: 'catalog:'}\n";
  const json = { catalog: { a: '^1.0.0', d: 'npm:@acme/e@2' }, catalogs: { old: { b: '0.9.0' } } };

  it('of pnpm-workspace.yaml', () => {
    expect(lines({ 'package.json': asks, 'pnpm-workspace.yaml': yaml }, 'pnpm')).toEqual(expected);
  });

  it('of .yarnrc.yml', () => {
    expect(lines({ 'package.json': asks, '.yarnrc.yml': yaml }, 'yarn-berry')).toEqual(expected);
  });

  it.each([[json], [{ workspaces: json }], [{ workspaces: { packages: [], ...json } }]])(
    'of Bun: %j',
    (extra) => {
      expect(lines({ 'package.json': { ...asks, ...extra } }, 'bun')).toEqual(expected);
    },
  );

  it('nobody else reads them', () => {
    const files = { 'package.json': { ...asks, ...json }, 'pnpm-workspace.yaml': yaml, '.yarnrc.yml': yaml };
    for (const client of ['npm', 'yarn'] as const) {
      expect(lines(files, client)[0]).toBe('prod a catalog: registry@- <.');
    }
  });

  it('are harmless when hostile', () => {
    const text = 'catalog: &c\n  __proto__: 1\n  a: [x]\ncatalogs:\n  __proto__: *c\n  old: text\n';
    expect(lines({ 'package.json': asks, 'pnpm-workspace.yaml': text }, 'pnpm')[0]).toBe(
      'prod a catalog: registry@- <.',
    );
  });
});

describe('overrides', () => {
  const root = (extra: object) => ({ name: 'root', dependencies: { a: '1' }, ...extra });

  it('of pnpm, without a lockfile', () => {
    const files = {
      'package.json': root({
        pnpm: { overrides: { b: '2', 'p>c': '$a', gone: '-', 'a>b@>=1': '3' } },
        resolutions: { d: '4' },
        overrides: { n: '5' },
      }),
      'pnpm-workspace.yaml': "overrides:\n  '@acme/x': 'npm:@acme/y@1'\n",
    };
    const { dependencies } = project(files, 'pnpm', { version: '10.34.9' });
    expect(dependencies.map(line)).toEqual([
      'prod a 1 registry@- <.',
      'override @acme/y=@acme/x npm:@acme/y@1 registry@- <.',
      'override b 2 registry@- <.',
      'override c 1 registry@- <.',
      'override b 3 registry@- <.',
      'override d 4 registry@- <.',
    ]);
    expect(one(dependencies, '@acme/y').source).toMatchObject({
      path: 'pnpm-workspace.yaml',
      line: 2,
      column: 4,
    });
    expect(lines(files, 'pnpm', { version: '11.28.11' })).toEqual([
      'prod a 1 registry@- <.',
      'override @acme/y=@acme/x npm:@acme/y@1 registry@- <.',
    ]);
    expect(lines(files, 'pnpm', { version: '9.15.9' })).toHaveLength(5);
  });

  it.each(['yarn', 'yarn-berry'] as const)('resolutions of %s, not `overrides`', (client) => {
    const resolutions = { '**/b': '2', 'a/@s/c': 'npm:3', 'd@npm:^1': '4' };
    expect(lines({ 'package.json': root({ resolutions, overrides: { n: '5' } }) }, client)).toEqual([
      'prod a 1 registry@- <.',
      'override b 2 registry@- <.',
      'override @s/c npm:3 registry@- <.',
      'override d 4 registry@- <.',
    ]);
  });

  it('both of Bun; npm takes no resolutions', () => {
    const extra = { resolutions: { r: '2' }, overrides: { n: '5' } };
    const from = (client: 'bun' | 'npm') => lines({ 'package.json': root(extra) }, client).slice(1);
    expect(from('bun')).toEqual(['override n 5 registry@- <.', 'override r 2 registry@- <.']);
    expect(from('npm')).toEqual(['override n 5 registry@- <.']);
  });

  it('give a package of the lockfile its place in the manifest', () => {
    const files = {
      'package.json': root({}),
      'pnpm-workspace.yaml': 'overrides:\n  b: 2.0.0\n  c: 3.0.0\n',
      'pnpm-lock.yaml': pnpmLock(
        { '.': ['a 1 1.0.0'] },
        { 'a@1.0.0': { dependencies: ['b 2.0.0', 'c 1.0.0'] }, 'b@2.0.0': {}, 'c@1.0.0': {} },
      ),
    };
    const { dependencies } = project(files);
    expect(dependencies.map(line).slice(1)).toEqual([
      'override b 2.0.0 registry@2.0.0 <a',
      'transitive c 1.0.0 registry@1.0.0 <a',
    ]);
    expect(one(dependencies, 'b').source).toMatchObject({ path: 'pnpm-workspace.yaml', line: 2, column: 3 });
  });
});

describe('the client and its lockfile', () => {
  const berry = '__metadata:\n  version: 8\n';
  const npm = { lockfileVersion: 3, packages: { 'node_modules/a': { version: '1.0.0' } } };
  const asks = { dependencies: { a: '1' } };

  it('names every lockfile in one order', () => {
    const files = {
      'package.json': asks,
      'package-lock.json': npm,
      'npm-shrinkwrap.json': npm,
      'bun.lockb': '',
      'bun.lock': '',
      'yarn.lock': berry,
      'pnpm-lock.yaml': '',
    };
    const { lockfilesFound, client } = project(files);
    expect(lockfilesFound.map((found) => `${found.client} ${found.path}`)).toEqual([
      'pnpm pnpm-lock.yaml',
      'yarn-berry yarn.lock',
      'bun bun.lock',
      'bun bun.lockb',
      'npm npm-shrinkwrap.json',
      'npm package-lock.json',
    ]);
    expect(client).toBe('pnpm');
  });

  const declared = (name: 'pnpm' | 'yarn' | 'npm', version: string | null = null) => ({
    name,
    version,
    range: version,
  });
  it.each([
    [null, null, [], null],
    [null, null, ['pnpm'], 'pnpm'],
    [null, null, ['bun', 'bun'], 'bun'],
    [null, null, ['yarn', 'npm'], 'yarn'],
    [null, null, ['pnpm', 'yarn'], 'pnpm'],
    [null, declared('pnpm'), ['npm'], 'pnpm'],
    [null, declared('yarn'), ['yarn-berry'], 'yarn-berry'],
    [null, declared('yarn', '1.22.22'), ['yarn-berry'], 'yarn'],
    ['bun', declared('pnpm'), ['npm'], 'bun'],
  ] as const)('given %s, declared %j, lockfiles of %j: %s', (given, manifest, found, client) => {
    const lockfiles = found.map((owner) => ({ client: owner, path: owner }));
    expect(clientOfProject(given, manifest, { lockfiles, ownFile: null })).toBe(client);
  });

  it.each([
    ['pnpm-workspace.yaml', 'pnpm'],
    ['.yarnrc.yml', 'yarn-berry'],
    ['bunfig.toml', 'bun'],
    ['.npmrc', 'npm'],
    ['.yarnrc', 'npm'],
  ] as const)('without a lockfile %s tells of %s', (file, client) => {
    expect(project({ 'package.json': asks, [file]: '' }).client).toBe(client);
    expect(project({ 'package.json': asks, [file]: '', 'package-lock.json': npm }).client).toBe('npm');
  });

  it('a lockfile of another client is not looked at', () => {
    const files = { 'package.json': asks, 'pnpm-lock.yaml': 'a: [', 'package-lock.json': npm };
    expect(project(files, 'npm').lockfile?.format).toBe('package-lock');
    expect(project({ ...files, 'bun.lock': '{' }, 'yarn').lockfile).toBeNull();
    expect(reading(files, 'pnpm').kind).toBe('unreadable');
  });

  it('Bun takes over package-lock.json, then yarn.lock, then pnpm-lock.yaml', () => {
    const yarn = '# yarn lockfile v1\n\n\na@1:\n  version "1.0.1"\n';
    const pnpm = pnpmLock({ '.': ['a 1 1.0.2'] }, { 'a@1.0.2': {} });
    const files = { 'package.json': asks, 'pnpm-lock.yaml': pnpm };
    const version = (more: object) =>
      one(project({ ...files, ...more }, 'bun').dependencies, 'a').locked?.version;
    expect(version({})).toBe('1.0.2');
    expect(version({ 'yarn.lock': yarn })).toBe('1.0.1');
    expect(version({ 'yarn.lock': yarn, 'package-lock.json': npm })).toBe('1.0.0');
    expect(version({ 'npm-shrinkwrap.json': npm })).toBe('1.0.2');
  });

  it('Bun makes up the addresses that it does not take from pnpm', () => {
    const files = fixture('pnpm/single', 'lock-12');
    const tarballs = (client: 'bun' | 'pnpm') =>
      project(files, client).dependencies.filter(({ locked }) => locked?.tarball != null).length;
    expect(tarballs('bun')).toBe(0);
    expect(tarballs('pnpm')).toBe(9);
  });

  it('a binary lockfile of Bun is named, with what to do', () => {
    const files = { 'package.json': asks, 'bun.lockb': 'binary', 'package-lock.json': npm };
    const read = reading(files, 'bun');
    expect(read).toMatchObject({
      kind: 'unreadable',
      problem: { file: 'bun.lockb', hint: expect.stringContaining('--save-text-lockfile') },
    });
    expect(reading(files, 'npm').kind).toBe('read');
  });
});

describe('specifications that only some clients know', () => {
  it.each([
    ['workspace:^', 'x workspace:^ workspace'],
    ['workspace:y@*', 'y=x workspace:y@* workspace'],
    ['npm:y@^2.0.0', 'y=x npm:y@^2.0.0 registry'],
    ['link:../y', 'x link:../y file'],
    ['portal:../y', 'x portal:../y file'],
    ['exec:./make.js', 'x exec:./make.js file'],
    ['file:../y.tgz', 'x file:../y.tgz file'],
    ['jsr:^1.0.0', 'x jsr:^1.0.0 registry'],
    ['jsr:@std/y@^1.0.0', '@jsr/std__y=x jsr:@std/y@^1.0.0 registry'],
    ['jsr:@std/y', '@jsr/std__y=x jsr:@std/y registry'],
    ['patch:y@npm%3A1.0.0#./p.patch', 'y=x patch:y@npm%3A1.0.0#./p.patch registry'],
  ])('%s', (spec, expected) => {
    expect(lines({ 'package.json': { dependencies: { x: spec } } })).toEqual([`prod ${expected}@- <.`]);
  });

  it.each([
    ['^1.0.0', '^1.0.0'],
    ['npm:^2.0.0', '^2.0.0'],
    ['npm:y@^2.0.0', '^2.0.0'],
    ['npm:@acme/y', '*'],
    ['npm:7zip@1', '1'],
    ['jsr:^1.0.0', '^1.0.0'],
    ['jsr:@std/y@^1.0.0', '^1.0.0'],
    ['patch:@acme/y@npm%3A%5E1.0.0#./p.patch', '^1.0.0'],
    ['patch:y@1.0.0#./p.patch', '1.0.0'],
  ])('%s wants %s', (requested, range) => {
    expect(wantedRange({ requested })).toBe(range);
  });
});
