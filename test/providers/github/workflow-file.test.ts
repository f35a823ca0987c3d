import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { PackagesPermission } from '../../../src/domain/workflow-job.ts';
import { readWorkflow } from '../../../src/providers/github/workflow-file.ts';

const jobs = (inner = '') => `jobs:\n  test:\n    runs-on: ubuntu-latest\n${inner}    steps: []\n`;
const read = (text: string, job = 'test', others: Readonly<Record<string, string>> = {}) =>
  readWorkflow({ text, shown: 'ci.yml' }, job, (path) =>
    others[path] === undefined ? null : { text: others[path], shown: path },
  );

function missing(permission: PackagesPermission | undefined) {
  if (permission?.kind !== 'missing') throw new Error(`${permission?.kind} is not missing`);
  return permission.block;
}

describe('what a workflow file says of packages', () => {
  it.each([
    ['no block', jobs(), 'default'],
    ['read-all', `permissions: read-all\n${jobs()}`, 'granted'],
    ['write-all', `permissions: write-all\n${jobs()}`, 'granted'],
    ['read', `permissions:\n  packages: read\n${jobs()}`, 'granted'],
    ['write, quoted', `"permissions": { 'packages': "write" }\n${jobs()}`, 'granted'],
    ['a block without it', `permissions:\n  contents: read\n${jobs()}`, 'missing'],
    ['none', `permissions:\n  packages: none\n${jobs()}`, 'missing'],
    ['an empty block', `permissions: {}\n${jobs()}`, 'missing'],
    ['no value', `permissions:\n${jobs()}`, 'missing'],
    [
      "the job's block replaces the workflow's",
      `permissions:\n  packages: read\n${jobs('    permissions: {}\n')}`,
      'missing',
    ],
    [
      "the job's block grants what the workflow's does not",
      `permissions: {}\n${jobs('    permissions:\n      packages: read\n')}`,
      'granted',
    ],
    ["another job's block does not count", `${jobs()}  other:\n    permissions: {}\n`, 'default'],
    [
      'text in a script is no block',
      `jobs:\n  test:\n    steps:\n      - run: |\n          permissions: {}\n`,
      'default',
    ],
  ] as const)('%s', (_, text, kind) => {
    expect(read(text)?.permission.kind).toBe(kind);
  });

  it.each([
    [
      'of the workflow',
      `name: CI\n\npermissions:\n    contents: read\n\n${jobs()}`,
      3,
      1,
      'permissions:\n    packages: read',
    ],
    [
      'of the job',
      jobs('    permissions:\n      id-token: write\n'),
      4,
      5,
      '    permissions:\n      contents: read\n      packages: read',
    ],
    [
      'empty, with a comment',
      `permissions: {} # none\n${jobs()}`,
      1,
      1,
      'permissions:\n  contents: read\n  packages: read',
    ],
    [
      'in flow style',
      `permissions: { contents: read }\n${jobs()}`,
      1,
      1,
      'permissions: { contents: read, packages: read }',
    ],
    ['none', `permissions:\n  contents: read\n  packages: none\n${jobs()}`, 3, 3, '  packages: read'],
    [
      'with line ends of Windows',
      `permissions:\r\n  contents: read\r\n${jobs()}`,
      1,
      1,
      'permissions:\n  packages: read',
    ],
  ] as const)('a block %s has its line, and an edit that grants it', (_, text, line, column, toRead) => {
    const { location, granting } = missing(read(text)?.permission);
    expect(location).toEqual({ file: 'ci.yml', line, column });
    for (const level of ['read', 'write'] as const) {
      const { edit, whole } = granting[level];
      const after = toRead.replace('packages: read', `packages: ${level}`);
      expect(edit?.after).toBe(after);
      const lines = text.split('\n').map((one) => one.replace(/\r$/, ''));
      expect(lines[line - 1]).toBe(edit?.before);
      lines.splice(line - 1, 1, after);
      const { permission } = read(lines.join('\n')) ?? {};
      expect(permission?.kind).toBe('granted');
      expect(permission?.kind === 'granted' && permission.readOnly === undefined).toBe(level === 'write');
      expect(load(whole)).toMatchObject({ permissions: { contents: 'read', packages: level } });
    }
  });

  it('gives a block that is spread over lines in flow style no edit', () => {
    expect(
      missing(read(`permissions: {\n  contents: read\n}\n${jobs()}`)?.permission).granting.read.edit,
    ).toBeNull();
  });

  it('takes a job of a reusable workflow for no more than its caller lets it have', () => {
    const called = '.github/workflows/called.yml';
    const caller = (block: string) => `jobs:\n  call:\n    uses: ./${called}\n${block}`;
    const inner = 'jobs:\n  inner:\n    steps: []\n';
    const granting = `permissions:\n  packages: read\n${inner}`;
    const kind = (text: string, other: string) => read(text, 'inner', { [called]: other })?.permission.kind;
    expect(kind(caller('    permissions: {}\n'), granting)).toBe('missing');
    expect(kind(caller(''), granting)).toBe('granted');
    expect(kind(caller('    permissions:\n      packages: read\n'), inner)).toBe('granted');
    expect(kind(caller(''), inner)).toBe('default');
    expect(
      missing(read(caller(''), 'inner', { [called]: `permissions: {}\n${inner}` })?.permission).file,
    ).toBe(called);
  });

  describe('of several jobs with one id', () => {
    const [a, b] = ['.github/workflows/a.yml', '.github/workflows/b.yml'];
    const inner = (block: string) => `${block}jobs:\n  test:\n    steps: []\n`;
    const calls = (id: string, path: string, block = '') => `  ${id}:\n    uses: ./${path}\n${block}`;
    const granting = 'permissions:\n  packages: read\n';
    const none = 'permissions: {}\n';
    const ofJob = '    permissions: {}\n';
    const places = (text: string, others: Readonly<Record<string, string>>) => {
      const permission = read(text, 'test', others)?.permission;
      if (permission?.kind === 'missing') return [permission.block.file];
      return permission?.kind === 'several'
        ? ['?', ...permission.blocks.map(({ file }) => file)]
        : permission?.kind;
    };

    it.each([
      [
        'here and in a called workflow',
        jobs(ofJob) + calls('call', b),
        { [b]: inner(none) },
        ['?', 'ci.yml', b],
      ],
      [
        'in two called workflows',
        `jobs:\n${calls('lint', a, ofJob)}${calls('build', b)}`,
        { [a]: inner(granting), [b]: inner(none) },
        ['?', 'ci.yml', b],
      ],
      ['one of which grants it', jobs() + calls('call', b), { [b]: inner(none) }, ['?', b]],
      [
        'with one block over both',
        `${none}jobs:\n${calls('lint', a)}${calls('build', a)}`,
        { [a]: inner(granting) },
        ['ci.yml'],
      ],
      ['which all grant it', granting + jobs() + calls('call', b), { [b]: inner(granting) }, 'granted'],
      ['one of which only calls the other', `jobs:\n${calls('test', b)}`, { [b]: inner(none) }, [b]],
    ] as const)('%s', (_, text, others, expected) => {
      expect(places(text, others)).toEqual(expected);
    });

    it('takes a variable that one of them does not feed for one that anything may feed', () => {
      const feeding = `${jobs('    env:\n      T: ${{ github.token }}\n')}${calls('call', b)}`;
      expect(read(feeding, 'test', { [b]: inner('') })?.feeds.get('T')).toEqual([
        { kind: 'workflow-token' },
        { kind: 'other' },
      ]);
    });
  });

  describe('a block that lets the token read packages and no more', () => {
    const readOnly = (text: string, others: Readonly<Record<string, string>> = {}) => {
      const permission = read(text, 'test', others)?.permission;
      return permission?.kind === 'granted' ? permission.readOnly : undefined;
    };

    it.each([
      ['plain', 'permissions:\n  packages: read\n', 2, 'packages: read'],
      ['quoted, with a comment', "permissions:\n  packages: 'read' # ui\n", 2, "packages: 'read' # ui"],
    ])('becomes one that lets it write: %s', (_, block, line, before) => {
      expect(readOnly(block + jobs())).toMatchObject({
        location: { line },
        granting: {
          write: {
            whole: 'permissions: { contents: read, packages: write }',
            edit: { before: `  ${before}`, after: '  packages: write' },
          },
        },
      });
    });

    it.each([
      ['read-all', 'permissions: read-all\n'],
      ['on one line', 'permissions: { packages: read }\n'],
    ])('is shown as a whole where it has no line of its own: %s', (_, block) => {
      expect(readOnly(block + jobs())).toMatchObject({ granting: { write: { edit: null } } });
    });

    it.each([
      ['one that lets it write', `permissions:\n  packages: write\n${jobs()}`],
      ['write-all', `permissions: write-all\n${jobs()}`],
      [
        'that of one of several jobs with the same id',
        `permissions:\n  packages: read\n${jobs()}  call:\n    uses: ./.github/workflows/b.yml\n`,
      ],
    ])('is not %s', (_, text) => {
      const writing = `permissions:\n  packages: write\n${jobs()}`;
      expect(readOnly(text, { '.github/workflows/b.yml': writing })).toBeUndefined();
    });
  });

  it.each([
    ['a job that is not there', jobs(), 'other'],
    ['no YAML', 'jobs: [', 'test'],
    ['a list', '- a\n', 'test'],
    ['nothing', '', 'test'],
    ['a job by the name of a property of objects', jobs(), 'constructor'],
    [
      'a reusable workflow of another repository',
      'jobs:\n  call:\n    uses: acme/ci/.github/workflows/x.yml@v1\n',
      'inner',
    ],
    [
      'a path that leads elsewhere',
      'jobs:\n  call:\n    uses: ./.github/workflows/../../secret.yml\n',
      'inner',
    ],
  ])('says nothing of %s', (_, text, job) => {
    expect(read(text, job)).toBeNull();
  });

  it('sees what feeds a variable', () => {
    const text = `env:
  ROOT: \${{ secrets.ROOT_TOKEN }}
jobs:
  test:
    env:
      JOB: \${{ github.token }}
    steps:
      - uses: acme/app@v1
        with:
          token: \${{ steps.app.outputs.token }}
      - run: npm ci
        env:
          JOB: \${{ secrets.GITHUB_TOKEN }}
          MIXED: x-\${{ matrix.os }}
          FIXED: plain
`;
    expect(Object.fromEntries(read(text)?.feeds ?? [])).toEqual({
      ROOT: [{ kind: 'secret', name: 'ROOT_TOKEN' }],
      JOB: [{ kind: 'workflow-token' }, { kind: 'workflow-token' }],
      token: [{ kind: 'output' }],
      MIXED: [{ kind: 'other' }],
      FIXED: [{ kind: 'literal' }],
    });
  });
});
