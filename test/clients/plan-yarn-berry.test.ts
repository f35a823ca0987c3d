import { describe, expect, it } from 'vitest';
import { withoutBlocks } from '../../src/clients/marked-block.ts';
import { yarnBerryModule } from '../../src/clients/yarn-berry/yarn-berry-module.ts';
import type { ScopePlan } from '../../src/domain/plan.ts';
import { type Prefix, prefixUrl } from '../../src/domain/prefix.ts';
import { reveal } from '../../src/domain/secret.ts';
import { dependency, worldOf } from './client-world.ts';

const apiUrl = 'https://gitlab.example.com/api/v4';
const registry = `${apiUrl}/packages/npm/`;
const versions = [
  '2.4.1',
  '3.0.2',
  '3.8.7',
  '4.0.2',
  '4.9.4',
  '4.10.1',
  '4.12.0',
  '4.13.0',
  '4.15.0',
  '4.18.1',
];
const instance = planFor('@acme', { kind: 'instance', apiUrl });
const env = { CI_JOB_TOKEN: 'job-token' };
const open = '# >>> npmrc-preflight: rewritten by each run, taken away by restore';
const close = '# <<< npmrc-preflight';

function planFor(
  scope: string | null,
  prefix: Prefix,
  tokenVariable: string | null = 'CI_JOB_TOKEN',
): ScopePlan {
  return { scope, registry: prefixUrl(prefix), prefix, tokenVariable, why: 'test' };
}

interface Setup {
  scopes?: readonly ScopePlan[];
  version?: string;
  where?: 'user' | 'project';
  files?: Record<string, string>;
}

function plan(
  before: string | null,
  { scopes = [instance], version = '4.18.1', where = 'user', files = {} }: Setup = {},
) {
  const own = where === 'user' ? '~/.yarnrc.yml' : '.yarnrc.yml';
  const laid = { ...files, ...(before === null ? {} : { [own]: before }) };
  const client = { name: 'yarn-berry', version, known: 'given' } as const;
  const planned = yarnBerryModule.planConfig({
    scopes,
    client,
    world: worldOf(laid, env),
    where,
    userFolder: '/builds/tmp',
  });
  const file = planned.files[0];
  const text = file?.after ?? '';
  const model = yarnBerryModule.resolve(worldOf({ ...laid, [own]: text }, env), client);
  return { planned, file, text, model };
}

function sent(model: ReturnType<typeof plan>['model'], name = '@acme/lib'): string {
  const { url } = model.registryFor(name);
  const credential = model.credentialFor(model.metadataUrl(url ?? 'https://public.example/', name), url);
  return credential.kind === 'token' ? reveal(credential.secret) : credential.kind;
}

describe('the file for Yarn 2+', () => {
  it('is the one of the home folder, and names registry, token and preapproved packages', () => {
    const { planned, file, text } = plan(null);
    expect(planned.exports).toEqual({});
    expect(file).toMatchObject({ path: '/home/ci/.yarnrc.yml', before: null });
    expect(text).toBe(
      [
        open,
        'npmScopes:',
        '  acme:',
        `    npmRegistryServer: "${registry}"`,
        'npmRegistries:',
        `  "${registry.slice(0, -1)}":`,
        '    npmAuthToken: "${CI_JOB_TOKEN-}"',
        'npmPreapprovedPackages:',
        '  - "@acme/*"',
        close,
        '',
      ].join('\n'),
    );
  });

  it.each(versions)('has nothing that %s warns about or stops at, and works', (version) => {
    for (const where of ['user', 'project'] as const) {
      const { text, model } = plan(null, { version, where });
      expect(text.includes('npmPreapprovedPackages')).toBe(!/^(?:[23]|4\.[0-9]\.)/.test(version));
      expect(model.stop).toBeNull();
      expect(model.problems).toEqual([]);
      expect(model.registryFor('@acme/lib').url).toBe(registry);
      expect(sent(model)).toBe('job-token');
      expect(model.ageGate?.(dependency('@acme/lib'))).toBeNull();
    }
  });

  it.each(versions)('adds the credential to a scope that the project maps (%s)', (version) => {
    const mapped = `npmScopes:\n  acme:\n    npmRegistryServer: ${registry.slice(0, -1)}\n`;
    const { model } = plan(null, { version, files: { '.yarnrc.yml': mapped } });
    expect(sent(model)).toBe('job-token');
    const inProject = plan(mapped, { version, where: 'project' });
    expect(sent(inProject.model)).toBe('job-token');
    expect(inProject.text.match(/acme:/g)).toHaveLength(1);
  });

  it('has the key to the letter that the project writes the host in', () => {
    const server = 'https://GitLab.Example.com/api/v4/packages/npm/';
    const mapped = `npmScopes:\n  acme:\n    npmRegistryServer: "${server}"\n`;
    expect(sent(plan(null, { files: { '.yarnrc.yml': mapped } }).model)).toBe('job-token');
  });

  it('lets an http host through, once, unscoped packages by npmAlwaysAuth, and ends no command without a token', () => {
    const http = { ...instance, registry: 'http://git.test:8080/gitlab/api/v4/packages/npm' };
    const { text, model } = plan('', { scopes: [http, { ...http, scope: null }] });
    expect(text).toContain('unsafeHttpWhitelist:\n  - "git.test"\n');
    expect(model.refusesUrl?.('http://git.test:8080/x')).toBeNull();
    expect(sent(model, 'lib')).toBe('job-token');
    const client = { name: 'yarn-berry', version: '4.18.1', known: 'given' } as const;
    expect(yarnBerryModule.resolve(worldOf({ '~/.yarnrc.yml': text }), client).stop).toBeNull();
    expect(plan('unsafeHttpWhitelist: ["*"]\n', { scopes: [http] }).text).not.toContain('git.test"\n#');
  });

  it('gives two scopes of one registry their own tokens', () => {
    const other = planFor('@b', { kind: 'instance', apiUrl }, 'OTHER');
    const { text, model } = plan(null, { scopes: [instance, other] });
    expect(text).not.toContain('npmRegistries');
    expect(sent(model)).toBe('job-token');
    expect(text).toContain('    npmAuthToken: "${OTHER-}"');
  });

  it('writes no credential without a variable', () => {
    expect(plan(null, { scopes: [{ ...instance, tokenVariable: null }] }).text).not.toContain(
      'npmRegistries',
    );
  });
});

describe('a file that is there already', () => {
  const texts: Record<string, string> = {
    empty: '',
    'only comments': '# mine\n',
    'other scopes': 'npmScopes:\n  b:\n    npmAuthToken: x\n\n# path\nyarnPath: y\n',
    'the same scope': `npmScopes:\n    acme:\n        npmRegistryServer: "https://old.test"\n        npmAlwaysAuth: true\n        npmAuthToken: stale\n`,
    'the same registry': `npmRegistries:\n  "${registry.slice(0, -1)}":\n    npmAuthToken: stale\n    npmAlwaysAuth: true\n`,
    braces: 'npmScopes: {b: {npmAuthToken: "x"}}\nnpmPreapprovedPackages: [q]\n',
    anchors: 'npmScopes: &x\n  b: &y\n    npmAuthToken: x\n',
    aliases: 'npmScopes:\n  c: &y\n    npmAuthToken: x\n  b: *y\nnpmRegistries: {}\n',
    'no final line end': 'npmScopes:\n  b:\n    npmAuthToken: x',
    'line ends of Windows': 'npmScopes:\r\n  b:\r\n    npmAuthToken: x\r\nyarnPath: y\r\n',
    'lists at the margin': 'npmPreapprovedPackages:\n- "q"\nyarnPath: y\n',
    'a list as a text': 'npmPreapprovedPackages: "q,r"\n',
    'a document end': 'npmScopes:\n  b:\n    npmAuthToken: x\n...\n',
    'a document start': '---\nyarnPath: y\n',
    'a byte order mark': '\uFEFFnpmScopes:\n  b:\n    npmAuthToken: x\n',
    'a margin': '  yarnPath: y\n  npmScopes:\n    b:\n      npmAuthToken: x\n',
    'an empty key': 'npmScopes:\nyarnPath: y\n',
    'a text of lines': 'npmScopes:\n  b:\n    npmAuthToken: |+\n      x\n\n\nyarnPath: y\n',
    'a block of an earlier run': plan(null).text,
  };

  it.each(Object.entries(texts))('keeps its bytes and works: %s', (_, before) => {
    for (const version of ['3.8.7', '4.9.4', '4.18.1']) {
      for (const where of ['user', 'project'] as const) {
        const { text, model } = plan(before, { version, where });
        expect(withoutBlocks(text)).toBe(withoutBlocks(before));
        expect(plan(text, { version, where }).text).toBe(text);
        expect(model.registryFor('@acme/lib').url).toBe(registry);
        expect(sent(model)).toBe('job-token');
        if (where === 'user') expect(model.stop).toBeNull();
        if (before.includes('  b:')) expect(sent(model, '@b/lib')).toMatch(/^x\n*$/);
      }
    }
  });

  it('has the scope inside its own mapping', () => {
    expect(plan(texts['other scopes'] ?? '', { version: '3.8.7' }).text).toBe(
      [
        'npmScopes:',
        '  b:',
        '    npmAuthToken: x',
        `  ${open}`,
        '  acme:',
        `    npmRegistryServer: "${registry}"`,
        `  ${close}`,
        '',
        '# path',
        'yarnPath: y',
        open,
        'npmRegistries:',
        `  "${registry.slice(0, -1)}":`,
        '    npmAuthToken: "${CI_JOB_TOKEN-}"',
        close,
        '',
      ].join('\n'),
    );
  });

  it('keeps what else stands in a scope that is written again', () => {
    expect(plan(texts['the same scope'] ?? '').text).toContain('      npmAlwaysAuth: true\n');
    expect(plan(texts['the same registry'] ?? '').text.match(/npmAlwaysAuth: true/g)).toHaveLength(2);
  });

  it.each([
    ['no YAML', 'npmScopes: [\n'],
    ['one pair of braces', '{"npmScopes": {"b": {"npmAuthToken": "x"}}}\n'],
    ['a list', '- a\n'],
    ['a cycle', 'npmScopes: &x\n  b: *x\n'],
    ['a text for a mapping', 'npmScopes: x\n'],
  ])('stays as it is: %s', (_, before) => {
    expect(plan(before).text).toBe(before);
  });

  it('stays as it is where Yarn 2 takes no key twice', () => {
    const before = texts['the same scope'] ?? '';
    expect(plan(before, { version: '2.4.1' }).text).toBe(before);
  });
});

describe('texts that could break out', () => {
  it.each([
    ['a line end in the scope', { scope: '@a\nyarnPath: evil' }],
    ['a quote in the scope', { scope: '@a":' }],
    ['a prototype', { scope: '@__proto__' }],
    ['a line end in the URL', { registry: 'https://gitlab.example.com/\nyarnPath: evil' }],
    ['another protocol', { registry: 'file:///etc/passwd' }],
    ['no URL', { registry: 'gitlab.example.com/api' }],
  ])('leave nothing: %s', (_, part) => {
    expect(plan('yarnPath: x\n', { scopes: [{ ...instance, ...part }] }).text).toBe('yarnPath: x\n');
  });

  it.each([
    ['a line end', 'X}\nyarnPath: evil'],
    ['braces', 'X}${HOME'],
    ['a token', 'glpat-abc def'],
  ])('of a variable write no key: %s', (_, tokenVariable) => {
    expect(plan('', { scopes: [{ ...instance, tokenVariable }] }).text).not.toContain('npmRegistries');
  });

  it('of a URL are encoded', () => {
    const odd = { ...instance, registry: 'https://u:p@git.test/a"b/${CI_JOB_TOKEN}?x#y' };
    expect(plan('', { scopes: [odd] }).text).toContain(
      'npmRegistryServer: "https://git.test/a%22b/%24%7BCI_JOB_TOKEN%7D/"\n',
    );
  });
});
