import { describe, expect, it } from 'vitest';
import type { ClientId, ClientModel } from '../../src/domain/client.ts';
import { clientModules } from '../support/client-modules.ts';
import { dependency, worldOf } from './client-world.ts';

const registry = 'https://gitlab.example.com/api/v4/packages/npm/';
const other = 'https://gitlab.example.com/api/v4/groups/7/-/packages/npm/';
const env = { CI_JOB_TOKEN: 'tok' };

function resolve(client: string, files: Readonly<Record<string, string>>): ClientModel {
  const [name, version = ''] = client.split('@') as [ClientId['name'], string];
  return clientModules[name].resolve(worldOf(files, env), { name, version, known: 'given' });
}

/** The text after an addition was carried out as it is printed, by somebody who reads nothing else. */
function added(model: ClientModel, file: string, text: string, lines: string): string {
  const place = model.edits?.addition(file, lines);
  if (place?.kind === 'at-end') return `${text}${lines}\n`;
  if (place?.kind !== 'in-line') throw new Error(`${place?.kind}`);
  return withLine(text, place);
}

function withLine(text: string, change: { line: number; before: string; after: string }): string {
  const lines = text.split('\n');
  const start = change.before.replace(/…$/, '');
  expect((lines[change.line - 1] ?? '').startsWith(start), `${lines[change.line - 1]} is ${start}`).toBe(
    true,
  );
  lines.splice(change.line - 1, 1, change.after);
  return lines.join('\n');
}

function tokenFor(model: ClientModel, name: string): string | null {
  const { url } = model.registryFor(name);
  const sent = model.credentialFor(model.metadataUrl(url ?? '', name), url);
  return sent.kind === 'token' ? sent.variable : null;
}

const ui = '  ui:\n    npmRegistryServer: "https://ui.example/npm/"\n    npmAuthToken: "abc"\n';

describe('the credential of a scope in a .yarnrc.yml that has npmScopes', () => {
  it.each([
    ['the scope has its registry', `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n${ui}`],
    [
      'the scope is in another style',
      `npmScopes:\n      'acme':\n          npmRegistryServer: ${registry}\n`,
    ],
    ['another scope alone', `enableTelemetry: false\nnpmScopes:\n${ui}nodeLinker: node-modules\n`],
    [
      'it refers to the registry',
      `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n    npmAuthToken: "\${GONE-}"\n${ui}`,
    ],
    ['a scope without settings', 'npmScopes:\n  acme:\n'],
    ['no scope at all', 'npmScopes: {}\n'],
    ['no such key', 'nodeLinker: node-modules\n'],
  ])('%s', (_, text) => {
    const model = resolve('yarn-berry@4.18.1', { '.yarnrc.yml': text });
    const lines = model.writing.credential('@acme', registry, 'CI_JOB_TOKEN');
    const after = added(model, '.yarnrc.yml', text, lines);
    const then = resolve('yarn-berry@4.18.1', { '.yarnrc.yml': after });
    expect(then.stop).toBeNull();
    expect(then.registryFor('@acme/lib').url).toBe(registry);
    expect(tokenFor(then, '@acme/lib')).toBe('CI_JOB_TOKEN');
    expect(then.registryFor('@ui/kit').url).toBe(text.includes('ui:') ? 'https://ui.example/npm/' : null);
    expect(after.match(/^npmScopes:/gm)).toHaveLength(1);
  });

  it('shows no text of a line that may hold a token', () => {
    const text = `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n    npmAuthToken: secret-text\n`;
    const { edits, writing } = resolve('yarn-berry@4.18.1', { '.yarnrc.yml': text });
    const place = edits?.addition('.yarnrc.yml', writing.credential('@acme', registry, 'CI_JOB_TOKEN'));
    expect(place).toEqual({
      kind: 'in-line',
      line: 4,
      before: '    npmAuthToken: …',
      after: '    npmAuthToken: "${CI_JOB_TOKEN-}"',
    });
  });

  it.each([
    ['braces', `npmScopes: { acme: { npmRegistryServer: "${registry}" } }\n`],
    ['an anchor', `npmScopes:\n  acme: &it\n    npmRegistryServer: "${registry}"\n`],
  ])('leaves it to a person where no line can be changed: %s', (_, text) => {
    const { edits, writing } = resolve('yarn-berry@4.18.1', { '.yarnrc.yml': text });
    const place = edits?.addition('.yarnrc.yml', writing.credential('@acme', registry, 'CI_JOB_TOKEN'));
    expect(place).toEqual({ kind: 'by-hand', line: 1 });
  });
});

describe('an exception in a list that is there', () => {
  const scope = `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n`;
  it.each([
    ['yarn-berry@4.18.1', '.yarnrc.yml', `npmPreapprovedPackages:\n  - "@ours/*"\n${scope}`],
    ['yarn-berry@4.18.1', '.yarnrc.yml', `npmPreapprovedPackages:\n- "@ours/*"\n${scope}`],
    ['yarn-berry@4.18.1', '.yarnrc.yml', `npmPreapprovedPackages: ["@ours/*"]\n${scope}`],
    ['yarn-berry@4.18.1', '.yarnrc.yml', `npmPreapprovedPackages: [\n  "@ours/*"\n]\n${scope}`],
    ['yarn-berry@4.18.1', '.yarnrc.yml', `npmPreapprovedPackages: []\n${scope}`],
    ['yarn-berry@4.18.1', '.yarnrc.yml', scope],
    [
      'yarn-berry@4.10.3',
      '.yarnrc.yml',
      `npmMinimalAgeGate: 1440\nnpmPreapprovedPackages:\n  - "@ours/*"\n${scope}`,
    ],
    [
      'pnpm@10.34.9',
      'pnpm-workspace.yaml',
      'packages: ["."]\nminimumReleaseAge: 1440\nminimumReleaseAgeExclude:\n  - "@ours/*"\n',
    ],
    [
      'pnpm@10.34.9',
      'pnpm-workspace.yaml',
      'minimumReleaseAge: 1440\nminimumReleaseAgeExclude: ["@ours/*"]\n',
    ],
    ['pnpm@10.34.9', 'pnpm-workspace.yaml', 'minimumReleaseAge: 1440\n'],
  ])('%s, %s: %j', (client, file, text) => {
    const wanted = dependency('@acme/lib');
    const model = resolve(client, { [file]: text });
    const { cure } = model.ageGate?.(wanted) ?? {};
    const after = added(model, file, text, cure?.lines([cure.entry]) ?? '');
    const then = resolve(client, { [file]: after });
    expect(then.stop).toBeNull();
    expect(then.ageGate?.(wanted)).toBeNull();
    const ours = then.ageGate?.(dependency('@ours/lib')) ?? null;
    expect(ours === null, 'what was excepted stays so').toBe(text.includes('@ours'));
  });
});

describe('a table of a bunfig.toml that is there', () => {
  it.each([
    ['inline', `[install.scopes]\nacme = { url = "${other}" }\nui = "https://ui.example/"\n`],
    ['a text', `[install.scopes]\n"@acme" = "${other}"\nui = "https://ui.example/"\n`],
    [
      'its own',
      `[install.scopes.acme]\nurl = "${registry}"\n\n[install.scopes.ui]\nurl = "https://ui.example/"\n`,
    ],
    ['of others', '[install.scopes]\nui = "https://ui.example/"\n\n[run]\nbun = true\n'],
    ['of others, each its own', '[install.scopes.ui]\nurl = "https://ui.example/"\n'],
  ])('%s', (_, text) => {
    const model = resolve('bun@1.1.0', { 'bunfig.toml': text });
    const lines = model.writing.credential('@acme', registry, 'CI_JOB_TOKEN');
    const then = resolve('bun@1.1.0', { 'bunfig.toml': added(model, 'bunfig.toml', text, lines) });
    expect(then.stop).toBeNull();
    expect(then.registryFor('@acme/lib').url).toBe(registry);
    expect(tokenFor(then, '@acme/lib')).toBe('CI_JOB_TOKEN');
    expect(then.registryFor('@ui/kit').url).toBe('https://ui.example/');
  });

  it('leaves scopes between braces to a person', () => {
    const text = '[install]\nscopes = { ui = "https://ui.example/" }\n';
    const { edits, writing } = resolve('bun@1.1.0', { 'bunfig.toml': text });
    expect(edits?.addition('bunfig.toml', writing.registry('@acme', registry))).toEqual({
      kind: 'by-hand',
      line: 2,
    });
  });
});

describe('the line of a registry', () => {
  it.each([
    ['pnpm@11.28.11', 'pnpm-workspace.yaml', `registries:\n  "@acme": "${registry}"\n`],
    ['pnpm@11.28.11', 'pnpm-workspace.yaml', `registries:\n    '@acme': ${registry} # ours\n`],
    ['yarn-berry@4.18.1', '.yarnrc.yml', `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n`],
    ['yarn@1.22.22', '.yarnrc', `"@acme:registry" "${registry}"\n`],
    ['bun@1.4.5', 'bunfig.toml', `[install.scopes]\nacme = "${registry}"\n`],
    [
      'bun@1.4.5',
      'bunfig.toml',
      `[install.scopes]\n"@acme" = { url = "${registry}", token = "$CI_JOB_TOKEN" }\n`,
    ],
    ['bun@1.4.5', 'bunfig.toml', `[install.scopes.acme]\ntoken = "$CI_JOB_TOKEN"\nurl = '${registry}'\n`],
  ])('names another one in its own form: %s, %s %j', (client, file, text) => {
    const model = resolve(client, { [file]: text });
    const change = model.edits?.registry(model.registryFor('@acme/lib'), '@acme', other);
    if (!change) throw new Error('no change');
    const then = resolve(client, { [file]: withLine(text, change) });
    expect(then.stop).toBeNull();
    expect(then.registryFor('@acme/lib').url).toBe(other);
    expect(tokenFor(then, '@acme/lib')).toBe(tokenFor(model, '@acme/lib'));
  });

  it.each([
    ['pnpm@11.28.11', 'pnpm-workspace.yaml', `registries:\n  default: ${registry}\n`],
    ['yarn-berry@4.18.1', '.yarnrc.yml', `npmRegistryServer: "${registry}"\n`],
    ['yarn@1.22.22', '.yarnrc', `registry "${registry}"\n`],
    ['yarn@1.22.22', '.yarnrc', `registry: "${registry}"\n`],
    ['bun@1.4.5', 'bunfig.toml', `[install]\nregistry = { url = "${registry}", token = "$CI_JOB_TOKEN" }\n`],
  ])('of all packages becomes that of a scope: %s, %s %j', (client, file, text) => {
    const model = resolve(client, { [file]: text });
    const change = model.edits?.registry(model.registryFor('left-pad'), '@acme', registry);
    if (!change) throw new Error('no change');
    const then = resolve(client, { [file]: withLine(text, change) });
    expect(then.stop).toBeNull();
    expect(then.registryFor('@acme/lib').url).toBe(registry);
    expect(then.registryFor('left-pad').url).toBeNull();
  });

  it.each([
    [
      'a section is there',
      'yarn-berry@4.18.1',
      '.yarnrc.yml',
      `npmRegistryServer: "${registry}"\nnpmScopes:\n${ui}`,
    ],
    [
      'a table is there',
      'bun@1.4.5',
      'bunfig.toml',
      `[install]\nregistry = "${registry}"\n[install.scopes]\nui = "https://ui.example/"\n`,
    ],
    [
      'a token is in it',
      'bun@1.4.5',
      'bunfig.toml',
      `[install]\nregistry = { url = "${registry}", token = "abc" }\n`,
    ],
    ['a file of lines', 'npm@10.9.9', '.npmrc', `registry=${registry}\n`],
  ])('is left to a person where %s', (_, client, file, text) => {
    const model = resolve(client, { [file]: text });
    expect(model.edits?.registry(model.registryFor('left-pad'), '@acme', registry) ?? null).toBeNull();
  });
});

describe('the line of a field', () => {
  const pair = 'username = "ci", password = "abc"';
  it.each([
    [
      'yarn-berry@4.18.1',
      '.yarnrc.yml',
      `npmScopes:\n  acme:\n      npmAuthIdent: 'ci:abc' # ours\n      npmRegistryServer: "${registry}"\n${ui}`,
      '      npmAuthIdent: …',
      '      npmAuthToken: "${CI_JOB_TOKEN-}"',
    ],
    [
      'yarn-berry@4.18.1',
      '.yarnrc.yml',
      `npmScopes:\n  acme: { npmRegistryServer: "${registry}", npmAuthIdent: "ci:abc" }\n`,
      '  acme: …',
      `  acme: { npmRegistryServer: "${registry}", npmAuthToken: "\${CI_JOB_TOKEN-}" }`,
    ],
    [
      'bun@1.4.5',
      'bunfig.toml',
      `[install.scopes]\nacme = { url = "${registry}", ${pair} } # ours\n`,
      'acme = …',
      `acme = { url = "${registry}", token = "$CI_JOB_TOKEN" }`,
    ],
    [
      'bun@1.4.5',
      'bunfig.toml',
      `[install]\nscopes."@acme" = { ${pair}, url = '${registry}' }\n`,
      'scopes."@acme" = …',
      `scopes."@acme" = { token = "$CI_JOB_TOKEN", url = '${registry}' }`,
    ],
    [
      'bun@1.4.5',
      'bunfig.toml',
      `[install.scopes]\nacme.password = "$OLD"\nacme.url = "${registry}"\n`,
      'acme.password = "$OLD"',
      'acme.token = "$CI_JOB_TOKEN"',
    ],
  ])('is the whole line with another one in its place: %s, %s %j', (client, file, text, before, after) => {
    const model = resolve(client, { [file]: text });
    const line = text.split('\n').findIndex((one) => /npmAuthIdent|password/.test(one)) + 1;
    const fields = ['npmAuthIdent', 'username', 'password'];
    const [name, reference] =
      file === '.yarnrc.yml'
        ? (['npmAuthToken', '${CI_JOB_TOKEN-}'] as const)
        : (['token', '$CI_JOB_TOKEN'] as const);
    const edit = model.edits?.field({ kind: 'file', path: file, line }, fields, { name, text: reference });
    expect(edit).toEqual({ line, before, after });
    const then = resolve(client, { [file]: withLine(text, { line, before, after }) });
    expect(then.stop).toBeNull();
    expect(then.registryFor('@acme/lib').url).toBe(registry);
    expect(tokenFor(then, '@acme/lib')).toBe('CI_JOB_TOKEN');
  });

  it.each([
    ['another secret beside it', `[install.scopes]\nacme = { token = "abc", other = "def" }\n`],
    [
      'a user in the address beside it',
      `[install.scopes]\nacme = { url = "https://a:b@npm.example/", token = "abc" }\n`,
    ],
    [
      'a table in the table',
      `[install.scopes]\nacme = { token = "abc", of = { a = "https://npm.example/" } }\n`,
    ],
    ['another field alone', `[install.scopes]\nacme = { url = "${registry}" }\n`],
    ['a text over several lines', `[install.scopes.acme]\ntoken = """\nabc"""\n`],
    ['no such line', '[install]\n'],
  ])('is left to a person where it has %s', (_, text) => {
    const { edits } = resolve('bun@1.4.5', { 'bunfig.toml': text });
    const source = { kind: 'file', path: 'bunfig.toml', line: 2 } as const;
    expect(edits?.field(source, ['token'], { name: 'token', text: '$CI_JOB_TOKEN' })).toBeNull();
  });

  it('goes, with its line or from between the braces', () => {
    const text = `[install.scopes]\nacme = { url = "${registry}", token = "abc" }\n[install.scopes.ui]\ntoken = "abc"\n`;
    const { edits } = resolve('bun@1.4.5', { 'bunfig.toml': text });
    const at = (line: number) => edits?.field({ kind: 'file', path: 'bunfig.toml', line }, ['token'], null);
    expect(at(2)).toEqual({ line: 2, before: 'acme = …', after: `acme = { url = "${registry}" }` });
    expect(at(4)).toEqual({ line: 4, before: 'token = …', after: null });
  });
});
