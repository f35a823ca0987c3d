import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { line, lines, one, problem, project, reading } from './reading.ts';

const folders = [
  'packages/a',
  'packages/b',
  'packages/b/nested',
  'apps/web',
  'tools/cli',
  'packages/.hidden',
  'packages/.hidden/inner',
  'packages/a/node_modules/evil',
];

function tree(workspaces: unknown): Record<string, unknown> {
  const files: Record<string, unknown> = { 'package.json': { workspaces }, 'docs/readme.md': '' };
  for (const folder of folders)
    files[`${folder}/package.json`] = { name: `@acme/${folder.split('/').at(-1)}` };
  return files;
}

describe('workspace patterns', () => {
  it.each([
    [['packages/*'], ['packages/a', 'packages/b']],
    [['packages/**'], ['packages/a', 'packages/b', 'packages/b/nested']],
    [['**'], ['apps/web', 'packages/a', 'packages/b', 'packages/b/nested', 'tools/cli']],
    [
      ['./apps/web/', 'packages/a'],
      ['apps/web', 'packages/a'],
    ],
    [['{apps,tools}/*'], ['apps/web', 'tools/cli']],
    [['packages/.*'], ['packages/.hidden']],
    [['packages/.*/*'], ['packages/.hidden/inner']],
    [['*/.hid*/*'], ['packages/.hidden/inner']],
    [['*/{web,cli}'], ['apps/web', 'tools/cli']],
    [['packages/*', '!packages/b'], ['packages/a']],
    [['packages/**', '!packages/b/**'], ['packages/a']],
    [
      ['packages/**', '!packages/b', 'packages/b'],
      ['packages/a', 'packages/b', 'packages/b/nested'],
    ],
    [['!!packages/a'], ['packages/a']],
    [['packages\\a'], ['packages/a']],
    [['docs', 'absent', 'packages/a'], ['packages/a']],
    [['packages/a/node_modules/*'], []],
    [['.'], []],
    [[''], []],
    [[], []],
    [{ packages: ['apps/*'], nohoist: ['**'] }, ['apps/web']],
    [{ nohoist: [] }, []],
  ])('%j', (patterns, expected) => {
    expect(project(tree(patterns)).workspaces.map(({ path }) => path)).toEqual(expected);
  });

  it.each(['+(a|aa)b', '*(*a)b', '(a|aa)+b', 'packages/*a*a*a*a*b', '!+(a)'])(
    'refuses %j, which may match for hours',
    (pattern) => {
      const found = problem({
        'package.json': { workspaces: [pattern] },
        [`${'a'.repeat(60)}!/package.json`]: '{}',
      });
      expect(found).toMatchObject({ line: 3, message: expect.stringMatching(/repeats too much/) });
    },
  );

  it.each(['@(packages|apps)/!(b|nested)', 'packages/?', '*/*', '**/a'])('takes %j', (pattern) => {
    expect(project(tree([pattern])).workspaces.map(({ path }) => path)).toContain('packages/a');
  });

  it('finds folders beside the project', () => {
    const files = { 'package.json': { workspaces: ['../lib/*'] }, '../lib/x/package.json': { name: 'x' } };
    expect(project(files).workspaces).toEqual([{ path: '../lib/x', name: 'x' }]);
  });

  it.each([false, true])('ends on loops of symbolic links (marked as links: %s)', () => {
    const files = {
      ...tree(['**']),
      'packages/a/loop': { kind: 'link', to: resolve('/p') },
      'packages/b/up': { kind: 'link', to: resolve('/p/packages') },
    };
    expect(project(files).workspaces.map(({ path }) => path)).toContain('packages/b/nested');
  });

  it('follows a link that a star names', () => {
    const files = {
      'package.json': { workspaces: ['packages/*'] },
      'packages/linked': { kind: 'link', to: resolve('/elsewhere/x') },
      '../elsewhere/x/package.json': { name: 'x', dependencies: { '@acme/y': '1' } },
    };
    expect(lines(files)).toEqual(['prod @acme/y 1 registry@- <packages/linked']);
  });

  it('names the file of a broken workspace', () => {
    const files = { 'package.json': { workspaces: ['a'] }, 'a/package.json': '{\n"dependencies": [1]}' };
    expect(problem(files)).toMatchObject({ file: 'a/package.json', line: 2, column: 17 });
  });

  const nested = {
    'package.json': { workspaces: ['a'] },
    'a/package.json': { name: 'a', workspaces: ['b', '../a', '..'] },
    'a/b/package.json': { name: 'b', dependencies: { '@acme/x': '1' } },
  };
  it.each(['npm', 'yarn', 'bun'] as const)('does not read the workspaces of a workspace for %s', (client) => {
    expect(project(nested, client).workspaces).toEqual([{ path: 'a', name: 'a' }]);
  });

  it('reads the workspaces of a workspace for Yarn 2 and later, and ends on circles', () => {
    const { workspaces, dependencies } = project(nested, 'yarn-berry');
    expect(workspaces).toEqual([
      { path: 'a', name: 'a' },
      { path: 'a/b', name: 'b' },
    ]);
    expect(dependencies.map(line)).toEqual(['prod @acme/x 1 registry@- <a/b']);
  });

  it('names the file of a pattern in a workspace that is none', () => {
    const files = { ...nested, 'a/package.json': '{\n"workspaces": ["*a*b*c*d*"]}' };
    const result = reading(files, 'yarn-berry');
    expect(result).toMatchObject({
      kind: 'unreadable',
      problem: { file: 'a/package.json', line: 2, column: 16 },
    });
  });
});

describe('a workspace as a dependency', () => {
  const files = (rootRange: string, siblingRange: string) => ({
    'package.json': { workspaces: ['a', 'b'], dependencies: { '@acme/b': rootRange } },
    'a/package.json': { name: '@acme/a', dependencies: { '@acme/b': siblingRange } },
    'b/package.json': { name: '@acme/b', version: '1.5.0' },
  });

  it.each([
    ['^1.0.0', 'workspace'],
    ['*', 'workspace'],
    ['', 'workspace'],
    ['workspace:^', 'workspace'],
    ['^2.0.0', 'registry'],
    ['latest', 'registry'],
    ['npm:@acme/b@^1', 'workspace'],
    ['npm:@acme/other@^1', 'registry'],
  ])('range %j in a sibling is taken from the %s', (range, from) => {
    const { dependencies } = project(files('^1.0.0', range));
    expect(dependencies.find(({ dependents }) => dependents.includes('a'))?.from).toBe(from);
  });

  it('is local for the root whatever its range says, as npm links it', () => {
    expect(lines(files('^9.0.0', '*'))[0]).toBe('prod @acme/b ^9.0.0 workspace@- <.');
  });

  it('is fetched when the lockfile holds another version for that place', () => {
    const { dependencies } = project({
      ...files('^1.0.0', '^0.9.0'),
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          'node_modules/@acme/a': { resolved: 'a', link: true },
          'node_modules/@acme/b': { resolved: 'b', link: true },
          a: { name: '@acme/a' },
          b: { name: '@acme/b', version: '1.5.0' },
          'a/node_modules/@acme/b': { version: '0.9.1', resolved: 'https://r.example/@acme/b/-/b-0.9.1.tgz' },
        },
      },
    });
    expect(dependencies.map(line)).toEqual([
      'prod @acme/b ^1.0.0 workspace@- <.',
      'prod @acme/b ^0.9.0 registry@0.9.1 <a',
    ]);
  });

  it('joins what two packages ask alike, the stronger kind first', () => {
    const { dependencies } = project({
      'package.json': { workspaces: ['a'], devDependencies: { x: '1' } },
      'a/package.json': { dependencies: { x: '1', y: '2' } },
    });
    expect(one(dependencies, 'x')).toMatchObject({
      kind: 'prod',
      dependents: ['.', 'a'],
      reachedBy: [['dev'], ['prod']],
      source: { path: 'a/package.json' },
    });
  });
});

describe('linked folders without a lockfile', () => {
  it('reads what they ask for, and ends on circles', () => {
    expect(
      lines({
        'package.json': { dependencies: { lib: 'file:lib', gone: 'file:gone' } },
        'lib/package.json': { dependencies: { '@acme/x': '1', back: 'file:..', self: 'file:.' } },
      }),
    ).toContain('prod @acme/x 1 registry@- <lib');
  });
});
