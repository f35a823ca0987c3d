import { describe, expect, it } from 'vitest';
import { bunModule } from '../../src/clients/bun/bun-module.ts';
import type { ClientModel } from '../../src/domain/client.ts';
import type { ClientWorld } from '../../src/domain/client-world.ts';
import { reveal } from '../../src/domain/secret.ts';
import { dependency, project, worldOf } from './client-world.ts';

const api = 'https://gitlab.example.com/api/v4';
const instance = `${api}/packages/npm/`;
const host = '//gitlab.example.com';
const tarball = `${api}/projects/101/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz`;
const mapped = `@acme:registry=${instance}`;
const key = (path: string, value: string, field = '_authToken') => `${host}${path}:${field}=${value}`;
const npm = '/api/v4/packages/npm/';

function model(
  files: Record<string, string | string[]>,
  env: ClientWorld['env'] = {},
  version = '1.4.5',
  more: Partial<ClientWorld> = {},
): ClientModel {
  const texts = Object.entries(files).map(([path, text]) => [path, [text].flat().join('\n')]);
  return bunModule.resolve(worldOf(Object.fromEntries(texts), env, more), {
    name: 'bun',
    version,
    known: 'given',
  });
}

/** What is sent with a request: `-` for nothing. */
function sent(bun: ClientModel, url: string, registry: string | null = instance): string {
  const credential = bun.credentialFor(url, registry);
  if (credential.kind === 'none') return '-';
  if (credential.kind === 'unresolved') return credential.sends ?? '-';
  const text = reveal(credential.secret);
  return credential.scheme === 'Basic' ? `basic ${Buffer.from(text, 'base64')}` : text;
}

const metadata = `${instance}@acme%2fui`;

describe('references in .npmrc', () => {
  it.each([
    ['${T}', 'value'],
    ['"${T}"', 'value'],
    ["'${T}'", 'value'],
    ['a${T}b', 'avalueb'],
    ['${T?}', 'value'],
    ['${NONE?}', '-'],
    ['${NONE}', '${NONE}'],
    ['${T-}', '${T-}'],
    ['${EMPTY}', '-'],
    ['\\${T}', '${T}'],
    ['$T', 'value'],
    ['$NONE', '$NONE'],
    ['$T/x', '$T/x'],
    ['x$T', 'x$T'],
    ['${POINTS}', 'value'],
    ['literal # note', 'literal'],
    ['lit#eral', 'lit'],
    ['"lit#eral"', 'lit#eral'],
    ['true', '-'],
    ["'12'", '-'],
    ['"12"', '12'],
  ])('%s sends %s', (written, expected) => {
    const bun = model({ '.npmrc': [mapped, key(npm, written)] }, { T: 'value', EMPTY: '', POINTS: '$T' });
    expect(sent(bun, metadata)).toBe(expected);
  });

  it.each([
    ['1.1.28', '${NONE}', '-'],
    ['1.1.30', '${NONE}', '${NONE}'],
    ['1.3.4', '"${T}"', '${T}'],
    ['1.3.5', '"${T}"', 'value'],
    ['1.3.4', '${NONE?}', '${NONE?}'],
    ['1.3.5', '${NONE?}', '-'],
    ['1.4.3', 'literal # note', 'literal # note'],
    ['1.4.3', '${T} # note', 'value'],
  ])('Bun %s: %s sends %s', (version, written, expected) => {
    const bun = model({ '.npmrc': [mapped, key(npm, written)] }, { T: 'value' }, version);
    expect(sent(bun, metadata)).toBe(expected);
  });
});

describe('keys of .npmrc', () => {
  it.each([
    ['the registry', npm, 'T'],
    ['without the final slash', npm.slice(0, -1), 'T'],
    ['above it', '/api/v4/', 'T'],
    ['above it without a slash', '/api', 'T'],
    ['the host', '', 'T'],
    ['the default port', ':443/', 'T'],
    ['another port', ':8443/', '-'],
    ['half a folder', '/api/v', '-'],
    ['another path', '/api/v4/projects/', '-'],
    ['a path in other letters', '/API/v4/', '-'],
  ])('%s', (_, path, expected) => {
    expect(sent(model({ '.npmrc': [mapped, key(path, 'T')] }), metadata)).toBe(expected);
  });

  it('match a host in any letters, and the nearest wins', () => {
    const bun = model({ '.npmrc': [mapped, '//GitLab.Example.com/:_authToken=far', key('/api/v4', 'near')] });
    expect(sent(bun, metadata)).toBe('near');
  });

  it('with a scheme or a reference in front match nothing, and are named as near', () => {
    const bun = model({ '.npmrc': [mapped, `https:${key(npm, 'T')}`] });
    expect(bun.credentialFor(metadata, instance)).toMatchObject({
      kind: 'none',
      nearest: [{ differs: 'scheme' }],
    });
  });

  it.each([
    ['1.3.10', '/anywhere/', 'T'],
    ['1.3.11', '/anywhere/', '-'],
    ['1.3.11', npm.slice(0, -1), 'T'],
    ['1.4.3', '/api/v4/', '-'],
    ['1.4.4', '/api/v4/', 'T'],
  ])('in Bun %s: %s', (version, path, expected) => {
    expect(sent(model({ '.npmrc': [mapped, key(path, 'T')] }, {}, version), metadata)).toBe(expected);
  });

  it.each([
    ['token before _auth', [key(npm, 'dTpw', '_auth'), key(npm, 'T')], 'T'],
    [
      '_auth before user and password',
      [key(npm, 'bob', 'username'), key(npm, 'cHc=', '_password'), key(npm, 'dTpw', '_auth')],
      'basic u:p',
    ],
    ['user and password', [key(npm, 'bob', 'username'), key(npm, 'cHc=', '_password')], 'basic bob:pw'],
    [
      'a password that is no base64',
      [key(npm, 'bob', 'username'), key(npm, 'c!H?c=', '_password')],
      'basic bob:pw',
    ],
    ['a user without password', [key(npm, 'bob', 'username'), key('/', 'T')], 'T'],
    ['an empty key', [key(npm, ''), key('/', 'T')], 'T'],
    ['the later of two', [key(npm, 'A'), key(npm, 'B')], 'B'],
    ['a bare token', ['_authToken=T'], '-'],
  ])('%s', (_, lines, expected) => {
    expect(sent(model({ '.npmrc': [mapped, ...lines] }), metadata)).toBe(expected);
  });
});

describe('a tarball', () => {
  const other = 'https://files.example.com/ui.tgz';

  it.each([
    ['takes its registry key over on the same origin', [key(npm, 'R')], tarball, 'R'],
    ['prefers a key of its own', [key(npm, 'R'), key('/api/v4/projects/', 'P')], tarball, 'P'],
    ['has the key that it shares with the registry', [key('/', 'R')], tarball, 'R'],
    ['gets nothing on another host', [key(npm, 'R')], other, '-'],
    ['gets the key of that host', [key(npm, 'R'), '//files.example.com/:_authToken=F'], other, 'F'],
    ['gets nothing over http', [key('/', 'R')], tarball.replace('https', 'http'), '-'],
    ['gets nothing on another port', [key('/', 'R')], tarball.replace('.com/', '.com:8443/'), '-'],
  ])('%s', (_, lines, url, expected) => {
    expect(sent(model({ '.npmrc': [mapped, ...lines] }), url)).toBe(expected);
  });

  it('keeps the token of bunfig.toml unless a key leads to it alone', () => {
    const bunfig = `[install.scopes]\nacme = { url = "${instance}", token = "B" }`;
    expect(sent(model({ 'bunfig.toml': bunfig, '.npmrc': key('/', 'R') }), tarball)).toBe('B');
    expect(sent(model({ 'bunfig.toml': bunfig, '.npmrc': key('/api/v4/projects/', 'P') }), tarball)).toBe(
      'P',
    );
  });

  it('never takes a token to another host here, though Bun before 1.4 does', () => {
    const credential = model({ '.npmrc': [mapped, key(npm, 'R')] }, {}, '1.3.14').credentialFor(
      other,
      instance,
    );
    expect(credential).toMatchObject({ kind: 'token', home: instance });
  });
});

describe('bunfig.toml', () => {
  const elsewhere = 'https://other.example.com/';

  it.each([
    ['a URL', `[install.scopes]\nacme = "${instance}"`, instance, '-'],
    ['a table', `[install.scopes]\nacme = { url = "${instance}", token = "T" }`, instance, 'T'],
    ['the scope with @', `[install.scopes."@acme"]\nurl = "${instance}"\ntoken = "T"`, instance, 'T'],
    ['a variable', `[install.scopes]\nacme = { url = "$URL", token = "$TOKEN" }`, instance, 'value'],
    [
      'user and password',
      `[install.scopes]\nacme = { url = "${instance}", username = "u", password = "$TOKEN" }`,
      instance,
      'basic u:value',
    ],
    ['braces', `[install.scopes]\nacme = { url = "${instance}", token = "\${TOKEN}" }`, instance, '${TOKEN}'],
    ['an unset variable', `[install.scopes]\nacme = { url = "${instance}", token = "$NONE" }`, instance, '-'],
    ['the registry of all', `[install]\nregistry = { url = "${instance}", token = "T" }`, instance, 'T'],
    [
      'the later spelling of a scope',
      `[install.scopes]\nacme = "${elsewhere}"\n"@acme" = "${instance}"`,
      instance,
      '-',
    ],
    ['a scope in other letters', `[install.scopes]\nAcme = "${instance}"`, null, '-'],
  ])('%s', (_, text, url, expected) => {
    const bun = model({ 'bunfig.toml': text }, { URL: instance, TOKEN: 'value' });
    expect(bun.registryFor('@acme/ui').url).toBe(url);
    if (url !== null) expect(sent(bun, metadata)).toBe(expected);
  });

  it('wins over .npmrc, the project over the user, each scope as a whole', () => {
    const bun = model({
      'bunfig.toml': '[install.scopes]\nacme = "https://project.example.com/"',
      '~/.bunfig.toml': `[install.scopes]\nacme = { url = "${instance}", token = "T" }\nother = "${instance}"`,
      '.npmrc': [mapped, '@third:registry=https://npmrc.example.com/'],
    });
    expect(bun.registryFor('@acme/ui').url).toBe('https://project.example.com/');
    expect(bun.registryFor('@acme/ui').key).toBe('install.scopes.acme');
    expect(bun.registryFor('@other/x').url).toBe(instance);
    expect(bun.registryFor('@third/x').url).toBe('https://npmrc.example.com/');
    expect(
      bun.credentialFor('https://project.example.com/@acme%2fui', 'https://project.example.com/').kind,
    ).toBe('none');
    expect(bun.problems).toContainEqual(
      expect.objectContaining({
        kind: 'shadowed',
        winner: expect.objectContaining({
          source: expect.objectContaining({ path: 'bunfig.toml', line: 2 }),
        }),
        loser: expect.objectContaining({ source: expect.objectContaining({ path: '.npmrc', line: 1 }) }),
      }),
    );
  });

  it('loses to .npmrc before Bun 1.4', () => {
    const files = { 'bunfig.toml': `[install.scopes]\nacme = "${elsewhere}"`, '.npmrc': mapped };
    expect(model(files, {}, '1.3.14').registryFor('@acme/ui').url).toBe(instance);
    expect(model(files, {}, '1.4.0').registryFor('@acme/ui').url).toBe(elsewhere);
  });

  it('lends its registry to a scope that only has a token', () => {
    const bun = model({
      'bunfig.toml': `[install]\nregistry = "${instance}"\n[install.scopes]\nacme = { token = "T" }`,
    });
    expect(sent(bun, metadata)).toBe('T');
    expect(sent(bun, `${instance}left`)).toBe('-');
  });

  it('takes a key of .npmrc where it has no token of its own', () => {
    const bunfig = `[install.scopes]\nacme = { url = "${instance}", token = "$NONE" }`;
    expect(sent(model({ 'bunfig.toml': bunfig, '.npmrc': key(npm, 'T') }), metadata)).toBe('T');
  });

  it.each([
    ['[install\n', 'SyntaxError', 1],
    ['a = 1\na = 2', 'SyntaxError', 2],
    ['[install]\nregistry = 1', 'Invalid Bunfig', 2],
    ['[install]\nscopes = "x"', 'Invalid Bunfig', 2],
    ['[install.scopes]\nacme = { url = "https://x.example/", token = 1 }', 'Invalid Bunfig', 2],
    ['[install.scopes]\nacme = ["https://x.example/"]', 'Invalid Bunfig', 2],
    ['[install]\nlinker = "x"', 'Invalid Bunfig', 2],
    ['[install]\nminimumReleaseAge = -1', 'Invalid Bunfig', 2],
    ['[install]\nminimumReleaseAge = "soon"', 'Invalid Bunfig', 2],
    ['[install]\nminimumReleaseAgeExcludes = "x"', 'Invalid Bunfig', 2],
  ])('%j ends Bun', (text, code, line) => {
    expect(model({ 'bunfig.toml': text }).stop).toMatchObject({
      code,
      source: { path: 'bunfig.toml', line },
    });
    expect(model({ '~/.bunfig.toml': text }).stop).toMatchObject({ code });
  });

  it.each([
    '',
    'install = "x"',
    '[install]\nnew = 1',
    '\ufeff[install]\nlinker = "isolated"',
    'day = 2020-01-01',
  ])('%j does not end it', (text) => {
    expect(model({ 'bunfig.toml': text }).stop).toBeNull();
  });

  it('ends Bun where it names a file of certificates that is not there', () => {
    const bunfig = '[install]\ncafile = "ca.pem"';
    expect(model({ 'bunfig.toml': bunfig }).stop).toMatchObject({ source: { path: 'bunfig.toml', line: 2 } });
    const there = model({ 'bunfig.toml': bunfig, 'ca.pem': '-----BEGIN CERTIFICATE-----' });
    expect(there.stop).toBeNull();
    expect(model({ 'bunfig.toml': bunfig, 'ca.pem': 'x' }).stop?.message).toBe('invalid CA file: ca.pem');
    expect(there.network.cafile).toBe(`${project}/ca.pem`);
  });
});

describe('the environment', () => {
  const unscoped = `registry=${instance}`;

  it.each([
    [{ BUN_CONFIG_TOKEN: 'b', NPM_CONFIG_TOKEN: 'n' }, 'b'],
    [{ npm_config_token: 'n' }, 'n'],
    [{ NPM_CONFIG_TOKEN: '$T', T: 'x' }, '$T'],
    [{ NPM_TOKEN: 'n' }, 'key'],
    [{ NPM_CONFIG_TOKEN: '' }, 'key'],
  ])('%j sends %s for unscoped packages', (env, expected) => {
    expect(sent(model({ '.npmrc': [unscoped, key(npm, 'key')] }, env), `${instance}left`)).toBe(expected);
  });

  it('gives the token to no scope with a registry of its own', () => {
    const bun = model(
      { '.npmrc': [mapped, 'registry=https://other.example.com/'] },
      { NPM_CONFIG_TOKEN: 'n' },
    );
    expect(sent(bun, metadata)).toBe('-');
  });

  it.each([
    [{ NPM_CONFIG_REGISTRY: instance }, instance],
    [
      { npm_config_registry: instance, BUN_CONFIG_REGISTRY: 'https://bun.example.com/' },
      'https://bun.example.com/',
    ],
    [{ NPM_CONFIG_REGISTRY: 'gitlab.example.com' }, 'https://npmrc.example.com/'],
    [{ 'npm_config_@acme:registry': instance }, 'https://npmrc.example.com/'],
  ])('%j asks %s', (env, expected) => {
    const bun = model({ '.npmrc': 'registry=https://npmrc.example.com/' }, env);
    expect(bun.registryFor('@acme/ui').url).toBe(expected);
  });

  it('counts the .env files of the project, behind the variables of the job', () => {
    const files = {
      '.npmrc': [mapped, key(npm, '${T}')],
      '.env': 'export T="from-${WHO}" # note',
      '.env.test': 'T=test',
    };
    expect(sent(model(files, { WHO: 'file' }), metadata)).toBe('from-file');
    expect(sent(model(files, { T: 'job' }), metadata)).toBe('job');
    expect(sent(model(files, { T: '' }), metadata)).toBe('-');
    expect(sent(model(files, { NODE_ENV: 'test' }), metadata)).toBe('test');
    expect(sent(model({ ...files, 'bunfig.toml': 'env = false' }, {}), metadata)).toBe('${T}');
  });

  it('takes the production file unless told of another mode', () => {
    const files = {
      '.npmrc': [mapped, key(npm, '${T}')],
      '.env': 'T=plain',
      '.env.production': 'T=production',
    };
    expect(sent(model(files), metadata)).toBe('production');
    expect(sent(model(files, { NODE_ENV: 'development' }), metadata)).toBe('plain');
    expect(sent(model({ ...files, '.env.local': 'T=local' }), metadata)).toBe('local');
  });
});

describe('files', () => {
  const states = (bun: ClientModel) => bun.files.map(({ path, state }) => `${state} ${path}`);

  it('are the project, the user, in the order of their strength', () => {
    expect(states(model({ '.npmrc': mapped, '~/.bunfig.toml': '' }))).toEqual([
      'absent /checkout/bunfig.toml',
      'read /home/ci/.bunfig.toml',
      'read /checkout/.npmrc',
      'absent /home/ci/.npmrc',
    ]);
  });

  it.each([
    [{ NPM_CONFIG_USERCONFIG: '/u/rc' }, '1.4.5', 'named'],
    [{ npm_config_userconfig: '/u/rc' }, '1.4.5', 'named'],
    [{ NPM_CONFIG_USERCONFIG: '/u/rc' }, '1.4.3', 'home'],
    [{ Npm_Config_UserConfig: '/u/rc' }, '1.4.5', 'home'],
    [{ XDG_CONFIG_HOME: '/xdg' }, '1.4.5', 'xdg'],
    [{ XDG_CONFIG_HOME: '/none' }, '1.4.5', 'home'],
    [{ XDG_CONFIG_HOME: '/none' }, '1.3.14', '-'],
    [{ NPM_CONFIG_USERCONFIG: '/none' }, '1.4.5', '-'],
    [{}, '1.1.29', '-'],
    [{}, '1.1.30', 'home'],
  ])('with %j Bun %s reads the user file %s', (env, version, expected) => {
    const rc = (token: string) => [mapped, key(npm, token)];
    const bun = model(
      { '~/.npmrc': rc('home'), '/u/rc': rc('named'), '/xdg/.npmrc': rc('xdg') },
      env,
      version,
    );
    const { url } = bun.registryFor('@acme/ui');
    expect(url === null ? '-' : sent(bun, metadata)).toBe(expected);
  });

  it('of workspace members, and those this version does not know, are named as not read', () => {
    const member = `${project}/apps/web`;
    const bun = model(
      { 'apps/web/.npmrc': mapped, 'apps/web/bunfig.toml': '', '.bunfig.toml': '' },
      {},
      '1.4.5',
      {
        projectDirectory: member,
      },
    );
    expect(states(bun).filter((line) => line.startsWith('not-read'))).toEqual([
      'not-read-by-client /checkout/apps/web/.npmrc',
      'not-read-by-client /checkout/apps/web/bunfig.toml',
      'not-read-by-client /checkout/.bunfig.toml',
    ]);
    const old = model({ '.npmrc': mapped }, {}, '1.1.17');
    expect(old.registryFor('@acme/ui').url).toBeNull();
    expect(old.problems).toMatchObject([{ kind: 'ignored-file', file: { path: `${project}/.npmrc` } }]);
    expect(old.writing.file).toBe('bunfig.toml');
  });
});

describe('problems', () => {
  const kinds = (bun: ClientModel) => bun.problems.map((problem) => problem.kind);

  it('name unset variables and literal tokens of both files', () => {
    const bunfig = `[install.scopes]\nacme = { url = "${instance}", token = "$NONE" }`;
    expect(model({ 'bunfig.toml': bunfig }).problems).toMatchObject([
      {
        kind: 'unset-variable',
        variable: 'NONE',
        setting: { key: 'install.scopes.acme.token', source: { line: 2 } },
      },
    ]);
    expect(kinds(model({ 'bunfig.toml': bunfig.replace('$NONE', 'glpat-literal') }))).toEqual([
      'literal-token',
    ]);
    expect(kinds(model({ '~/.bunfig.toml': bunfig.replace('$NONE', 'glpat-literal') }))).toEqual([]);
    expect(kinds(model({ '.npmrc': [mapped, key(npm, '${NONE}')] }))).toEqual(['unset-variable']);
    expect(kinds(model({ '.npmrc': [mapped, key(npm, '${T}')] }, { T: 'x' }))).toEqual([]);
  });

  it('never show a token', () => {
    const bun = model({
      'bunfig.toml': `[install.scopes]\nacme = { url = "https://u:topsecretvalue@x.example/", token = "topsecretvalue" }\n[install]\nregistry = "https://x.example/"`,
      '.npmrc': [key(npm, 'topsecretvalue'), '@b:registry=https://u:topsecretvalue@y.example/'],
    });
    const shown = JSON.stringify([
      bun.settings,
      bun.problems,
      bun.stop,
      bun.registryFor('@acme/x'),
      bun.registryFor('@b/x'),
    ]);
    expect(shown).not.toContain('topsecretvalue');
  });
});

describe('requests', () => {
  const locked = (url: string | null) => ({
    locked: {
      version: '1.0.0',
      tarball: url,
      integrity: null,
      source: { kind: 'file', path: 'bun.lock', line: 3 },
    } as const,
  });

  it.each([
    ['without a lockfile', dependency('@acme/ui'), { metadata: true, tarball: null }],
    ['from the lockfile', dependency('@acme/ui', locked(tarball)), { metadata: false, tarball }],
    [
      'made up',
      dependency('@acme/ui', locked(null)),
      { metadata: false, tarball: `${instance}@acme/ui/-/ui-1.0.0.tgz` },
    ],
    [
      'by its address',
      dependency('x', { from: 'url', requested: tarball }),
      { metadata: false, tarball, bare: true },
    ],
    ['of a folder', dependency('x', { from: 'file' }), { metadata: false, tarball: null }],
  ])('%s', (_, needed, expected) => {
    expect(model({ '.npmrc': mapped }).asks(needed)).toEqual(expected);
  });

  it('join a registry without a final slash by version', () => {
    const files = { '.npmrc': mapped.slice(0, -1) };
    expect(model(files, {}, '1.4.4').registryFor('@acme/ui').url).toBe(instance);
    expect(model(files, {}, '1.4.3').registryFor('@acme/ui').url).toBe(`${api}/packages/`);
  });

  it.each(['${NONE}/api/', 'gitlab.example.com/', '//gitlab.example.com/'])('%s is refused', (url) => {
    const bun = model({ '.npmrc': `@acme:registry=${url}` });
    expect(bun.refusesUrl?.(bun.registryFor('@acme/ui').url ?? '')).toMatchObject({ code: 'InvalidURL' });
  });

  it('wait for the age of a version, which missing times do not hold up', () => {
    const bun = model({
      'bunfig.toml': '[install]\nminimumReleaseAge = "1d"\nminimumReleaseAgeExcludes = ["@acme/ui"]',
    });
    expect(bun.ageGate?.(dependency('@acme/new'))).toMatchObject({ minutes: 1440, missingTime: 'taken' });
    expect(bun.ageGate?.(dependency('@acme/ui'))).toBeNull();
    expect(model({}).ageGate?.(dependency('@acme/new'))).toBeNull();
  });
});

describe('the network', () => {
  it('has proxies of variables and certificates of settings', () => {
    const env = {
      HTTPS_PROXY: 'http://proxy.example:1',
      no_proxy: 'x.example',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    expect(model({ '.npmrc': 'proxy=http://not.example\nstrict-ssl=false' }, env).network).toMatchObject({
      proxy: null,
      httpsProxy: 'http://proxy.example:1',
      noProxy: 'x.example',
      ca: [],
      cafile: null,
      strictSsl: false,
    });
    expect(model({ '.npmrc': 'strict-ssl=false' }).network.strictSsl).toBe(true);
  });
});

describe('hostile files', () => {
  it('do not throw, and take names like any other', () => {
    const bunfig = '[install.scopes]\n__proto__ = "https://x.example/"\nconstructor = "https://y.example/"';
    const bun = model({
      'bunfig.toml': bunfig,
      '.npmrc': '__proto__=x\n@__proto__:registry=https://z.example/',
    });
    expect(bun.registryFor('@constructor/x').url).toBe('https://y.example/');
    expect(bun.registryFor('@toString/x').url).toBeNull();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    ['deep', `x = ${'['.repeat(100_000)}`],
    ['deep tables', `[${'a.'.repeat(50_000)}a]`],
    ['long', `x = "${'a'.repeat(3_000_000)}"`],
    ['many lines', 'a.b = 1\n'.repeat(100_000)],
    ['open quotes', `x = """${'"\n'.repeat(100_000)}`],
    ['many quotes', `${'"'.repeat(100_000)} = 1`],
    ['spaces', `${' '.repeat(4_000)}x\n`.repeat(400)],
    ['words', `${'a '.repeat(2_000)}\n`.repeat(400)],
    [
      'a deep table of many keys',
      `[${'a.'.repeat(1_500)}a]\n${Array.from({ length: 100_000 }, (_, at) => `k${at} = 1`).join('\n')}`,
    ],
    ['many tables', Array.from({ length: 50_000 }, (_, at) => `[t${at}]\nx = 1`).join('\n')],
    [
      'many scopes',
      `[install.scopes]\n${Array.from({ length: 20_000 }, (_, at) => `s${at} = "https://x.example/"`).join('\n')}`,
    ],
  ])('%s bunfig.toml', (_, text) => {
    expect(() => model({ 'bunfig.toml': text })).not.toThrow();
  });

  it('do not let variables of .env grow without bound', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `V${at + 1}=$V${at}$V${at}`);
    const bun = model({ '.npmrc': [mapped, key(npm, '${V60}')], '.env': ['V0=xx', ...doubling].join('\n') });
    expect(sent(bun, metadata).length).toBeLessThan(200_000);
  });

  it.each([
    ['braces', '${'.repeat(200_000)],
    ['dollars', '$'.repeat(200_000)],
    ['quotes', `${'"'.repeat(200_000)}x`],
    ['backslashes', '\\'.repeat(200_000)],
    ['spaces', `x${' '.repeat(200_000)}x`],
    ['colons', `//${':'.repeat(200_000)}x`],
    ['slashes', `//${'/:'.repeat(100_000)}x`],
  ])('%s in .npmrc and .env', (_, text) => {
    const files = { '.npmrc': [mapped, key(npm, text), text], '.env': `A="${text}\nB=${text}` };
    expect(() => model(files)).not.toThrow();
  });
});
