import { describe, expect, it } from 'vitest';
import { pnpmModule } from '../../src/clients/pnpm/pnpm-module.ts';
import type { ClientWorld } from '../../src/domain/client-world.ts';
import type { Credential } from '../../src/domain/credential.ts';
import { reveal } from '../../src/domain/secret.ts';
import { routeTo } from '../../src/io/proxy-settings.ts';
import { dependency, worldOf } from './client-world.ts';

const api = 'http://gitlab.example:7001/api/v4';
const registry = `${api}/packages/npm/`;
const mapped = `@acme:registry=${registry}`;
const key = '//gitlab.example:7001/:_authToken';
const env = { T: 'tok', EMPTY: '' };

function resolve(
  version: string,
  files: Readonly<Record<string, string>>,
  variables: ClientWorld['env'] = env,
  more: Partial<ClientWorld> = {},
) {
  return pnpmModule.resolve(worldOf(files, variables, more), { name: 'pnpm', version, known: 'given' });
}

/** What a request for metadata of `@acme/a` carries, `public` when it goes to the public registry, or why pnpm ends. */
function sent(
  version: string,
  files: Readonly<Record<string, string>>,
  variables: ClientWorld['env'] = env,
  more: Partial<ClientWorld> = {},
): string {
  const model = resolve(version, files, variables, more);
  if (model.stop) return model.stop.code;
  const { url } = model.registryFor('@acme/a');
  return url === null ? 'public' : header(model.credentialFor(model.metadataUrl(url, '@acme/a'), url));
}

function header(credential: Credential): string {
  if (credential.kind === 'none') return '-';
  if (credential.kind === 'unresolved') return credential.sends === null ? '-' : `Bearer ${credential.sends}`;
  return `${credential.scheme} ${reveal(credential.secret)}`;
}

const eight = '8.15.9';
const ten = '10.34.9';
const eleven = '11.28.11';
const twelve = '12.21.0';

describe('a registry line without its final slash (run for real: 8.6.0, 8.7.6, 8.9.2, 8.10.5, 8.11.0)', () => {
  const line = mapped.slice(0, -1);
  const own = '//gitlab.example:7001/api/v4/packages/npm/:_authToken=tok';
  const above = '//gitlab.example:7001/api/v4/packages/:_authToken=tok';
  const general = line.replace('@acme:', '');
  it.each([
    ['8.6.0', line, own, '-', true],
    ['8.10.5', line, own, '-', true],
    ['8.11.0', line, own, 'Bearer tok', false],
    ['8.10.5', mapped, own, 'Bearer tok', false],
    ['8.10.5', line, above, 'Bearer tok', false],
    ['8.10.5', general, '_authToken=tok', 'Bearer tok', false],
    ['8.10.5', general, own, '-', true],
    ['8.10.5', '@acme:registry=http://gitlab.example:7001', `${key}=tok`, 'Bearer tok', false],
    ['8.10.5', line, '//other.example/:_authToken=tok', '-', false],
  ])('%s: %s with %s sends %s', (version, registryLine, keyLine, expected, isTold) => {
    const files = { '.npmrc': `${registryLine}\n${keyLine}\n` };
    expect(sent(version, files)).toBe(expected);
    const told = resolve(version, files).problems.filter(({ kind }) => kind === 'malformed-line');
    expect(told).toMatchObject(isTold ? [{ corrected: `${registryLine}/`, source: { line: 1 } }] : []);
  });

  it('is told apart by the scope of the package where another scope has the slash', () => {
    const model = resolve('8.10.5', { '.npmrc': `${line}\n${mapped.replace('acme', 'else')}\n${own}\n` });
    expect(header(model.credentialFor(model.metadataUrl(registry, '@acme/a'), registry))).toBe('-');
    expect(header(model.credentialFor(model.metadataUrl(registry, '@else/a'), registry))).toBe('Bearer tok');
  });
});

describe('a port that the key does not have (run for real: 8.6.0, 8.6.12)', () => {
  const files = {
    '.npmrc': '@acme:registry=http://gitlab.example/npm/\n//gitlab.example/npm/:_authToken=tok\n',
  };
  const tarball = 'http://gitlab.example:80/npm/@acme/a/-/a-1.0.0.tgz';
  it.each([
    ['8.6.10', '-', '//gitlab.example:80/:_authToken=${T}'],
    ['8.6.11', 'Bearer tok', '//gitlab.example/:_authToken=${T}'],
  ])('%s sends %s, and is told %s', (version, expected, line) => {
    const model = resolve(version, files);
    expect(header(model.credentialFor(tarball, 'http://gitlab.example/npm/'))).toBe(expected);
    expect(model.writing.tarball('@acme', 'http://gitlab.example/npm/', tarball, 'T')).toBe(line);
    const mended = resolve(version, { '.npmrc': `${files['.npmrc']}${line}\n` });
    expect(header(mended.credentialFor(tarball, 'http://gitlab.example/npm/'))).toBe(
      expected === '-' ? 'Bearer tok' : expected,
    );
  });
});

describe('a registry whose URL names a user (run for real)', () => {
  const files = { '~/.npmrc': `${mapped.replace('//', '//someone@')}\n${key}=tok\n` };
  it.each([
    [ten, null],
    [eleven, 'ERR_PNPM_META_FETCH_FAIL'],
    [twelve, null],
  ])('%s: metadata is refused with %s, tarballs are not', (version, code) => {
    const model = resolve(version, files);
    const { url } = model.registryFor('@acme/a');
    const refused = (asked: string) => model.refusesUrl?.(asked, url)?.code ?? null;
    expect(refused(model.metadataUrl(url ?? '', '@acme/a'))).toBe(code);
    expect(refused(`${api}/projects/7/packages/npm/@acme/a/-/@acme/a-1.0.0.tgz`)).toBeNull();
  });
});

describe('a line of pnpm, by version (run for real)', () => {
  it.each([
    ['"${T}"', 'Bearer tok', 'Bearer tok', 'Bearer tok', 'Bearer "tok"'],
    ["'${T}'", 'Bearer tok', 'Bearer tok', 'Bearer tok', "Bearer 'tok'"],
    ['abc # def', 'Bearer abc', 'Bearer abc', 'Bearer abc # def', 'Bearer abc # def'],
    ['abc;def', 'Bearer abc', 'Bearer abc', 'Bearer abc;def', 'Bearer abc;def'],
    ['', 'Bearer ', '-', 'Bearer ', 'Bearer '],
    ['false', 'Bearer false', '-', 'Bearer false', 'Bearer false'],
    ['${T?}', 'public', 'Bearer tok', 'Bearer tok', 'Bearer '],
    ['x${U?}y', 'public', 'Bearer xy', 'Bearer xy', 'Bearer xy'],
    ['${T-}', 'public', '-', 'Bearer tok', 'Bearer '],
    ['x${U-d}y', 'Bearer xdy', 'Bearer xdy', 'Bearer xdy', 'Bearer xy'],
    ['x${U:-d}y', 'Bearer xdy', 'Bearer xdy', 'Bearer xdy', 'Bearer xdy'],
    ['x${EMPTY-d}y', 'Bearer xy', 'Bearer xy', 'Bearer xy', 'Bearer xy'],
    ['x${EMPTY:-d}y', 'Bearer xdy', 'Bearer xdy', 'Bearer xdy', 'Bearer xdy'],
    ['x${U}y', 'public', 'Bearer xy', 'Bearer xy', 'Bearer xy'],
    ['${U}', 'public', '-', 'Bearer ', 'Bearer '],
    ['${EMPTY}', 'Bearer ', '-', 'Bearer ', 'Bearer '],
    ['a\\${T}', 'Bearer a${T}', 'Bearer a${T}', 'Bearer a${T}', 'Bearer a${T}'],
    ['$T', 'Bearer $T', 'Bearer $T', 'Bearer $T', 'Bearer $T'],
  ])('_authToken=%s', (value, onTen, onEleven, onTwelve, onFirstTwelve) => {
    const files = { '~/.npmrc': `${mapped}\n${key}=${value}\n` };
    expect([ten, eleven, twelve, '12.0.0'].map((version) => sent(version, files))).toEqual([
      onTen,
      onEleven,
      onTwelve,
      onFirstTwelve,
    ]);
  });

  it.each([
    ['a key without final slash', '//gitlab.example:7001:_authToken=a', '-', '-', 'Bearer a', 'Bearer a'],
    ['a key of the scope', '//gitlab.example:7001/:@acme:_authToken=a', '-', '-', 'Bearer a', 'Bearer a'],
    ['the scope in the path', '//gitlab.example:7001/@acme:_authToken=a', '-', '-', 'Bearer a', 'Bearer a'],
    ['a key of another scope', '//gitlab.example:7001/:@other:_authToken=a', '-', '-', '-', '-'],
    ['a key without port', '//gitlab.example/:_authToken=a', 'Bearer a', 'Bearer a', 'Bearer a', 'Bearer a'],
    ['a key with another port', '//gitlab.example:7002/:_authToken=a', '-', '-', '-', '-'],
    ['a key with scheme', 'http://gitlab.example:7001/:_authToken=a', '-', '-', '-', '-'],
    ['a key in capitals', '//gitlab.example:7001/API/:_authToken=a', '-', '-', '-', '-'],
    ['a quoted key', `"${key}"=a`, 'Bearer a', 'Bearer a', 'Bearer a', 'Bearer a'],
    ['a section above', `[x]\n${key}=a`, '-', '-', '-', 'Bearer a'],
    [
      'a reference in the key',
      '//gitlab.example:${P}/:_authToken=a',
      '-',
      'Bearer a',
      'Bearer a',
      'Bearer a',
    ],
    ['no colon but =', `${key}: a`, '-', '-', '-', '-'],
  ])('%s', (_, line, onEight, onTen, onEleven, onTwelve) => {
    const files = { '~/.npmrc': `${mapped}\n${line}\n` };
    const variables = { P: '7001' };
    expect([eight, ten, eleven, twelve].map((version) => sent(version, files, variables))).toEqual([
      onEight,
      onTen,
      onEleven,
      onTwelve,
    ]);
  });

  it.each([
    ['token, then _auth', `${key}=a\n${pair('_auth', 'YTpi')}`, 'Basic YTpi', 'Bearer a', 'Bearer a'],
    ['_auth, then token', `${pair('_auth', 'YTpi')}\n${key}=a`, 'Bearer a', 'Bearer a', 'Bearer a'],
    ['an empty token and _auth', `${key}=\n${pair('_auth', 'YTpi')}`, 'Basic YTpi', 'Basic YTpi', 'Bearer '],
    [
      'user and password',
      `${pair('username', 'u')}\n${pair('_password', 'cGFzcw==')}`,
      'Basic dTpwYXNz',
      'Basic dTpwYXNz',
      'Basic dTpwYXNz',
    ],
    ['a user alone', pair('username', 'u'), '-', '-', '-'],
    [
      '_auth that is no base64',
      pair('_auth', 'a b!'),
      'Basic a b!',
      'ERR_PNPM_AUTH_INVALID_BASE64',
      'ERR_PNPM_AUTH_INVALID_BASE64',
    ],
    [
      '_auth without colon',
      pair('_auth', 'YWJj'),
      'Basic YWJj',
      'ERR_PNPM_AUTH_MISSING_SEPARATOR',
      'ERR_PNPM_AUTH_MISSING_SEPARATOR',
    ],
    ['_auth without padding', pair('_auth', 'YTpiYw'), 'Basic YTpiYw', 'Basic YTpiYw==', 'Basic YTpiYw=='],
  ])('%s', (_, lines, onTen, onEleven, onTwelve) => {
    const files = { '~/.npmrc': `${mapped}\n${lines}\n` };
    expect([ten, eleven, twelve].map((version) => sent(version, files))).toEqual([onTen, onEleven, onTwelve]);
  });
});

function pair(field: string, value: string): string {
  return `//gitlab.example:7001/:${field}=${value}`;
}

describe('references in a file of the project', () => {
  const files = { '.npmrc': `${mapped}\n${key}=\${T}\n` };

  it.each([
    ['8.15.9', 'Bearer tok'],
    ['10.34.1', 'Bearer tok'],
    ['10.34.2', '-'],
    ['11.5.2', 'Bearer tok'],
    ['11.5.3', '-'],
    ['12.0.0', '-'],
  ])('are refused from 10.34.2, 11.5.3 and 12 on: %s', (version, expected) => {
    expect(sent(version, files)).toBe(expected);
    const refused = resolve(version, files).problems.filter(({ kind }) => kind === 'refused-expansion');
    expect(refused).toHaveLength(expected === '-' ? 1 : 0);
    expect(resolve(version, files).writing.credentialsInProject).toBe(expected !== '-');
  });

  it('name variable and setting, and say nothing of an unset variable', () => {
    const { problems } = resolve(eleven, files, {});
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      kind: 'refused-expansion',
      variable: 'T',
      setting: { key, source: { path: '.npmrc', line: 2 }, inEffect: false },
    });
  });

  it.each(['.npmrc', '/checkout/.npmrc'])('are replaced when the user file is that very file: %s', (path) => {
    for (const version of [ten, eleven, twelve]) {
      expect(sent(version, files, { ...env, NPM_CONFIG_USERCONFIG: path })).toBe('Bearer tok');
    }
  });

  it('let the user file or an earlier line fill in, but end pnpm 12.19 in a registry', () => {
    const both = { '.npmrc': '@acme:registry=${R}\n', '~/.npmrc': `${mapped}\n${key}=\${T}\n` };
    expect(['10.34.9', '11.28.11', '12.0.0', '12.21.0'].map((version) => sent(version, both))).toEqual([
      'Bearer tok',
      'Bearer tok',
      'Bearer tok',
      'ERR_PNPM_REGISTRY_ENV_NOT_EXPANDED',
    ]);
    const twice = { '.npmrc': `${mapped}\n${key}=lit\n${key}=\${T}\n` };
    expect([ten, eleven, twelve].map((version) => sent(version, twice))).toEqual(['-', '-', 'Bearer lit']);
  });

  it('are refused in pnpm-workspace.yaml too', () => {
    const yaml = { 'pnpm-workspace.yaml': 'registries:\n  "@acme": "${R}/"\n', '~/.npmrc': `${mapped}\n` };
    const variables = { R: 'http://other.example' };
    expect(
      ['9.15.9', '10.34.9', '11.5.2', '11.28.11', '12.0.0', '12.21.0'].map((version) => {
        const model = resolve(version, yaml, variables);
        return model.stop?.code ?? model.registryFor('@acme/a').url;
      }),
    ).toEqual([
      'ERR_PNPM_INVALID_WORKSPACE_CONFIGURATION',
      'ERR_INVALID_URL',
      'http://other.example/',
      registry,
      registry,
      'ERR_PNPM_REGISTRY_ENV_NOT_EXPANDED',
    ]);
  });
});

describe('a reference without a value', () => {
  const files = { '~/.npmrc': `${mapped}\n${key}=lit\nfoo=\${U}\n` };

  it('makes pnpm up to 10 drop the file, which is said with variable and line', () => {
    const model = resolve(ten, files);
    expect(sent(ten, files)).toBe('public');
    expect(model.files[0]).toMatchObject({ state: 'absent' });
    expect(model.files.find(({ role }) => role === 'user')).toMatchObject({
      state: 'not-read-by-client',
      why: expect.stringContaining('${U} in line 3'),
    });
    expect(model.problems).toMatchObject([
      { kind: 'unset-variable', variable: 'U' },
      { kind: 'ignored-file', file: { path: '/home/ci/.npmrc' } },
    ]);
  });

  it.each([eleven, twelve])('does no harm to other lines in %s', (version) => {
    expect(sent(version, files)).toBe('Bearer lit');
  });

  it('ends pnpm up to 10 in a variable npm_config_…', () => {
    expect(sent(ten, { '~/.npmrc': mapped }, { npm_config_foo: '${U}' })).toBe('Error');
    expect(sent(eleven, { '~/.npmrc': mapped }, { npm_config_foo: '${U}' })).toBe('-');
  });
});

describe('files of pnpm', () => {
  const user = (token: string) => `${mapped}\n${key}=${token}\n`;

  it.each([
    ['NPM_CONFIG_USERCONFIG', 'Bearer other', 'Bearer other', 'Bearer other'],
    ['npm_config_userconfig', 'Bearer other', 'Bearer other', 'Bearer other'],
    ['PNPM_CONFIG_USERCONFIG', 'Bearer user', 'Bearer other', 'Bearer other'],
    ['PNPM_CONFIG_NPMRC_AUTH_FILE', 'Bearer user', 'Bearer other', 'Bearer other'],
  ])('%s names the user file', (name, onTen, onEleven, onTwelve) => {
    const files = { '~/.npmrc': user('user'), '~/other': user('other') };
    const variables = { [name]: '/home/ci/other' };
    expect([ten, eleven, twelve].map((version) => sent(version, files, variables))).toEqual([
      onTen,
      onEleven,
      onTwelve,
    ]);
  });

  it.each([
    ['11.0.0', 'Bearer user', 'Bearer user'],
    ['11.0.5', 'Bearer user', 'Bearer user'],
    ['11.0.6', 'Bearer user', 'Bearer other'],
    ['11.0.8', 'Bearer user', 'Bearer other'],
    ['11.0.9', 'Bearer other', 'Bearer other'],
  ])('%s does not take the name of the user file from every variable', (version, ofNpm, ofPnpm) => {
    const files = { '~/.npmrc': user('user'), '~/other': user('other') };
    const found = ['NPM_CONFIG_USERCONFIG', 'PNPM_CONFIG_USERCONFIG'].map((name) =>
      sent(version, files, { [name]: '/home/ci/other' }),
    );
    expect(found).toEqual([ofNpm, ofPnpm]);
  });

  it('rank: rc below the user file up to 10, auth.ini above it from 11 on, the project above both', () => {
    const rc = {
      '~/.npmrc': user('user'),
      '~/.config/pnpm/rc': user('rc'),
      '~/.config/pnpm/auth.ini': user('ini'),
    };
    expect([ten, eleven, twelve].map((version) => sent(version, rc))).toEqual([
      'Bearer user',
      'Bearer ini',
      'Bearer ini',
    ]);
    const project = { ...rc, '.npmrc': user('project') };
    expect([ten, eleven, twelve].map((version) => sent(version, project))).toEqual(
      Array(3).fill('Bearer project'),
    );
    const { '~/.npmrc': _, ...withoutUser } = rc;
    expect(sent(ten, withoutUser)).toBe('Bearer rc');
    expect(resolve(eleven, rc).files).toContainEqual(
      expect.objectContaining({ path: '/home/ci/.config/pnpm/rc', state: 'not-read-by-client' }),
    );
  });

  it.each([
    ['XDG_CONFIG_HOME', { XDG_CONFIG_HOME: '/xdg' }, {}, '/xdg/pnpm/auth.ini'],
    ['macOS', {}, { macos: true }, '/home/ci/Library/Preferences/pnpm/auth.ini'],
    ['elsewhere', {}, {}, '/home/ci/.config/pnpm/auth.ini'],
  ])('auth.ini lies where %s has it', (_, variables, more, path) => {
    expect(sent(eleven, { '.npmrc': mapped, [path]: `${key}=ini` }, variables, more)).toBe('Bearer ini');
  });

  it('on Windows lie below LOCALAPPDATA', () => {
    const files = new Map([['C:\\local\\pnpm\\config\\auth.ini', `${mapped}\n${key}=ini`]]);
    const world: ClientWorld = {
      projectDirectory: 'C:\\checkout',
      workspaceRoot: 'C:\\checkout',
      home: 'C:\\Users\\ci',
      env: { LOCALAPPDATA: 'C:\\local' },
      platform: 'win32',
      globalConfig: null,
      files: {
        read: (path) => {
          const text = files.get(path);
          return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
        },
        list: () => [],
      },
    };
    const model = pnpmModule.resolve(world, { name: 'pnpm', version: twelve, known: 'given' });
    expect(model.registryFor('@acme/a').url).toBe(registry);
    expect(header(model.credentialFor(`${registry}@acme%2Fa`, registry))).toBe('Bearer ini');
  });

  it("of a workspace: the root's counts from a folder, the folder's own up to 10 only", () => {
    const files = {
      'pnpm-workspace.yaml': 'packages: ["apps/*"]\n',
      '.npmrc': user('root'),
      'apps/web/.npmrc': user('web'),
    };
    const more = { projectDirectory: '/checkout/apps/web' };
    expect([eight, ten, eleven, twelve].map((version) => sent(version, files, env, more))).toEqual([
      'Bearer web',
      'Bearer web',
      'Bearer root',
      'Bearer root',
    ]);
    expect(resolve(eleven, files, env, more).problems).toContainEqual(
      expect.objectContaining({
        kind: 'ignored-file',
        file: expect.objectContaining({ path: '/checkout/apps/web/.npmrc' }),
      }),
    );
  });

  it('NPM_CONFIG_WORKSPACE_DIR names the root', () => {
    const files = { '/root/.npmrc': user('root') };
    expect(sent(eleven, files, { NPM_CONFIG_WORKSPACE_DIR: '/root' })).toBe('Bearer root');
    expect(sent(eleven, files)).toBe('public');
  });
});

describe('registries', () => {
  const yaml = 'registries:\n  "@acme": http://yaml.example/npm\n';

  it('of pnpm-workspace.yaml win over rc files, and carry their place', () => {
    const files = { 'pnpm-workspace.yaml': yaml, '.npmrc': `${mapped}\n` };
    for (const version of [ten, eleven, twelve]) {
      expect(resolve(version, files).registryFor('@acme/a')).toMatchObject({
        url: 'http://yaml.example/npm/',
        source: { kind: 'file', path: 'pnpm-workspace.yaml', line: 2, column: 3 },
      });
    }
  });

  it.each([
    ['8.15.9', 'packages field missing', undefined],
    ['10.4.1', 'packages field missing', undefined],
    ['10.5.0', undefined, registry],
    ['10.6.0', undefined, 'http://yaml.example/npm/'],
  ])('of pnpm-workspace.yaml in %s', (version, stop, url) => {
    const model = resolve(version, { 'pnpm-workspace.yaml': yaml, '.npmrc': `${mapped}\n` });
    expect(model.stop?.message ?? '').toContain(stop ?? '');
    if (url !== undefined) expect(model.registryFor('@acme/a').url).toBe(url);
  });

  it('may be declared by URL where pnpm knows that, which ends older versions', () => {
    const files = { 'pnpm-workspace.yaml': `registries:\n  ${registry}:\n    scopes: ["@acme"]\n` };
    expect([eleven, twelve].map((version) => resolve(version, files).registryFor('@acme/a').url)).toEqual([
      registry,
      registry,
    ]);
    expect([ten, '11.5.2'].map((version) => resolve(version, files).stop?.code)).toEqual(['Error', 'Error']);
  });

  it.each([
    ['11.5.2', null, null],
    ['11.28.11', registry, `${api}/projects/1/packages/npm/`],
    ['12.0.0', registry, `${api}/projects/1/packages/npm/`],
  ])('of the global config.yaml may refer to variables in %s', (version, scoped, plain) => {
    const text = 'registries:\n  "@acme": ${API}/packages/npm/\nregistry: ${API}/projects/1/packages/npm/\n';
    const model = resolve(version, { '~/.config/pnpm/config.yaml': text }, { API: api });
    expect(model.registryFor('@acme/a').url).toBe(scoped);
    expect(model.registryFor('plain').url).toBe(plain);
  });

  it('come from pnpm_config_registry from 11 on, from npm_config_… up to 10', () => {
    const url = 'http://env.example/';
    const plain = (version: string, variables: ClientWorld['env']) =>
      resolve(version, {}, variables).registryFor('plain').url;
    expect([ten, eleven, twelve].map((version) => plain(version, { pnpm_config_registry: url }))).toEqual([
      null,
      url,
      url,
    ]);
    expect([ten, eleven, twelve].map((version) => plain(version, { npm_config_registry: url }))).toEqual([
      url,
      null,
      null,
    ]);
  });
});

describe('_auth', () => {
  const json = JSON.stringify({ [registry]: { '@acme': { authToken: '${T}' } } });

  it.each([
    ['11.9.0', 'public'],
    ['11.10.0', 'Bearer ${T}'],
    ['11.28.0', 'Bearer tok'],
    ['12.0.0', 'Bearer ${T}'],
    ['12.7.0', 'Bearer tok'],
  ])('of the environment routes and authorises in %s', (version, expected) => {
    expect(sent(version, {}, { ...env, pnpm_config__auth: json })).toBe(expected);
  });

  it('of the environment wins over files, that of config.yaml gives way to them in later versions', () => {
    const wrong = { '.npmrc': '@acme:registry=http://wrong.example/' };
    expect(sent(eleven, wrong, { ...env, PNPM_CONFIG__AUTH: json })).toBe('Bearer tok');
    const yaml = {
      '.npmrc': mapped,
      '~/.config/pnpm/config.yaml': '_auth:\n  http://wrong.example/:\n    "@acme":\n      authToken: x\n',
    };
    const urls = ['11.10.0', '11.28.11', '12.0.0', '12.21.0'].map(
      (version) => resolve(version, yaml).registryFor('@acme/a').url,
    );
    expect(urls).toEqual(['http://wrong.example/', registry, 'http://wrong.example/', registry]);
  });

  it.each(['{', '[]', '{"x":{}}', '{"http://a.example/":{"@acme":{}}}', '{"http://u:p@a.example/":{}}'])(
    'that is malformed ends pnpm 11.10 and later: %s',
    (value) => {
      expect(sent(twelve, {}, { pnpm_config__auth: value })).toBe('ERR_PNPM_INVALID_AUTH_SETTING');
      expect(sent(ten, {}, { pnpm_config__auth: value })).toBe('public');
    },
  );
});

describe('a lockfile entry', () => {
  const tarball = `${api}/projects/102/packages/npm/@acme/a/-/@acme/a-1.0.0.tgz`;
  const source = { kind: 'file', path: 'pnpm-lock.yaml', line: 9 } as const;
  const locked = (url: string | null) =>
    dependency('@acme/a', { locked: { version: '1.0.0', tarball: url, integrity: null, source } });
  const files = { '.npmrc': mapped };

  it.each([
    ['10.34.9', false, false],
    ['11.1.0', false, false],
    ['11.4.0', true, true],
    ['11.28.11', true, true],
    ['12.21.0', true, true],
  ])('asks metadata by version: %s', (version, withUrl, withoutUrl) => {
    const model = resolve(version, files);
    expect(model.asks(locked(tarball))).toEqual({ metadata: withUrl, tarball });
    expect(model.asks(locked(null))).toEqual({
      metadata: withoutUrl,
      tarball: `${registry}@acme/a/-/a-1.0.0.tgz`,
    });
    expect(model.asks(dependency('@acme/a'))).toEqual({ metadata: true, tarball: null });
  });

  it.each([
    ['minimumReleaseAge: 0\n', true, false],
    ['minimumReleaseAgeExclude: ["@acme/*"]\n', true, false],
    ['minimumReleaseAgeExclude: ["@acme/a@1.0.0"]\n', true, false],
    ['minimumReleaseAgeExclude: ["@acme/a@2.0.0"]\n', true, true],
    ['trustLockfile: true\n', false, false],
  ])('asks metadata for its URL or its age: %s', (yaml, withUrl, withoutUrl) => {
    const model = resolve(twelve, { ...files, 'pnpm-workspace.yaml': yaml });
    expect(model.asks(locked(tarball)).metadata).toBe(withUrl);
    expect(model.asks(locked(null)).metadata).toBe(withoutUrl);
  });

  it.each([
    ['the same', tarball, false],
    ['another scheme', tarball.replace('http:', 'https:'), false],
    ['an encoded slash', tarball.replace('@acme/a/-', '@acme%2fa/-'), false],
    ['another host', tarball.replace('gitlab.', 'other.'), true],
    ['another port', tarball.replace('7001', '7002'), true],
    ['another path', tarball.replace('102', '103'), true],
    ['no URL', null, true],
  ])('ends pnpm 11.5.2 and later when metadata names %s', (_, named, mismatch) => {
    const code = mismatch ? 'ERR_PNPM_TARBALL_URL_MISMATCH' : undefined;
    expect(resolve(eleven, files).lockMismatch?.(tarball, named)?.code).toBe(code);
    expect(resolve(twelve, files).lockMismatch?.(tarball, named)?.code).toBe(code);
    expect(resolve(ten, files).lockMismatch?.(tarball, named)).toBeNull();
    const trusting = { ...files, 'pnpm-workspace.yaml': 'trustLockfile: true\n' };
    expect(resolve(twelve, trusting).lockMismatch?.(tarball, named)).toBeNull();
  });
});

describe('minimumReleaseAge', () => {
  const gate = (version: string, yaml: string, name = '@acme/a', variables: ClientWorld['env'] = {}) => {
    const world = worldOf({ '.npmrc': mapped, 'pnpm-workspace.yaml': `packages: ["."]\n${yaml}` }, variables);
    const model = pnpmModule.resolve(world, { name: 'pnpm', version, known: 'given' });
    const found = model.ageGate?.(dependency(name)) ?? null;
    return model.stop?.code ?? (found && `${found.minutes} ${found.missingTime} ${found.stop.code}`);
  };
  const missing = '1440 refused ERR_PNPM_MISSING_TIME';
  const strict = '1440 taken ERR_PNPM_NO_MATURE_MATCHING_VERSION';

  it.each([
    ['nothing', '', null, null, null, null],
    ['a day', 'minimumReleaseAge: 1440\n', null, missing, strict, strict],
    ['none', 'minimumReleaseAge: 0\n', null, null, null, null],
    [
      'a day, not strict',
      'minimumReleaseAge: 1440\nminimumReleaseAgeStrict: false\n',
      null,
      missing,
      null,
      null,
    ],
    ['times required', 'minimumReleaseAgeIgnoreMissingTime: false\n', null, null, missing, missing],
    [
      'the scope excepted',
      'minimumReleaseAge: 1440\nminimumReleaseAgeExclude: ["@acme/*"]\n',
      null,
      null,
      null,
      null,
    ],
    [
      'another excepted',
      'minimumReleaseAge: 1440\nminimumReleaseAgeExclude: ["@acme/b", "@ac/*"]\n',
      null,
      missing,
      strict,
      strict,
    ],
    [
      'a version excepted',
      'minimumReleaseAge: 1440\nminimumReleaseAgeExclude: ["@acme/a@1.0.0"]\n',
      null,
      missing,
      strict,
      strict,
    ],
  ])('%s', (_, yaml, onNine, onTen, onEleven, onTwelve) => {
    expect(['9.15.9', ten, eleven, twelve].map((version) => gate(version, yaml))).toEqual([
      onNine,
      onTen,
      onEleven,
      onTwelve,
    ]);
  });

  it('ends on an exception that is no version', () => {
    const code = 'ERR_PNPM_INVALID_MINIMUM_RELEASE_AGE_EXCLUDE';
    expect(gate(ten, 'minimumReleaseAge: 9\nminimumReleaseAgeExclude: ["!@acme/a"]\n')).toBe(code);
    expect(gate(ten, 'minimumReleaseAge: 9\nminimumReleaseAgeExclude: ["@acme/a@^1"]\n')).toBe(code);
  });

  it('comes from rc files and npm_config_… up to 10, from pnpm_config_… from 11 on', () => {
    const rc = resolve(ten, { '~/.npmrc': 'minimum-release-age=60\n' });
    expect(rc.ageGate?.(dependency('a'))).toMatchObject({ minutes: 60, missingTime: 'refused' });
    expect(resolve(eleven, { '~/.npmrc': 'minimum-release-age=60\n' }).ageGate?.(dependency('a'))).toBeNull();
    expect(gate(eleven, '', '@acme/a', { pnpm_config_minimum_release_age: '60' })).toContain('60 taken');
  });

  it.each([
    ['10.18.3', null],
    ['10.19.0', missing],
    ['10.20.0', null],
  ])('%s with an exception for a package without times: %j', (version, expected) => {
    expect(gate(version, 'minimumReleaseAge: 1440\nminimumReleaseAgeExclude: ["@acme/*"]\n')).toBe(expected);
  });

  it('names the cure for the scope', () => {
    const model = resolve(ten, { 'pnpm-workspace.yaml': 'minimumReleaseAge: 1440\n' });
    const cure = model.ageGate?.(dependency('@acme/a'))?.cure;
    expect(cure).toMatchObject({ file: 'pnpm-workspace.yaml', entry: '@acme/*' });
    expect(cure?.lines(['@acme/*', '@kit/*'])).toBe('minimumReleaseAgeExclude:\n  - "@acme/*"\n  - "@kit/*"');
  });
});

describe('pnpm ends before it asks anything', () => {
  it.each([
    [
      'a tokenHelper of the project',
      { '.npmrc': '//h.example/:tokenHelper=/bin/x' },
      undefined,
      'ERR_PNPM_TOKEN_HELPER_IN_PROJECT_CONFIG',
    ],
    ['a tokenHelper of the user', { '~/.npmrc': '//h.example/:tokenHelper=/bin/x' }, undefined, undefined],
    [
      'a relative tokenHelper',
      { '~/.npmrc': '//h.example/:tokenHelper=x' },
      'ERR_PNPM_BAD_TOKEN_HELPER_PATH',
      undefined,
    ],
    [
      'YAML that is none',
      { 'pnpm-workspace.yaml': 'a: [' },
      'ERR_PNPM_INVALID_WORKSPACE_CONFIGURATION',
      'ERR_PNPM_INVALID_SETTING',
    ],
    [
      'a list of YAML',
      { 'pnpm-workspace.yaml': '- a' },
      'ERR_PNPM_INVALID_WORKSPACE_CONFIGURATION',
      'ERR_PNPM_INVALID_SETTING',
    ],
    ['empty YAML', { 'pnpm-workspace.yaml': '' }, undefined, undefined],
    [
      'a default registry that is no URL',
      { '.npmrc': 'registry=gitlab.example/npm' },
      'ERR_INVALID_URL',
      'ERR_INVALID_URL',
    ],
    [
      "a scope's registry that is no URL",
      { '.npmrc': '@other:registry=gitlab.example/npm' },
      undefined,
      undefined,
    ],
  ])('%s', (_, files, onTen, onTwelve) => {
    expect(resolve(ten, files).stop?.code).toBe(onTen);
    expect(resolve(twelve, files).stop?.code).toBe(onTwelve);
  });
});

describe('network settings', () => {
  it('ask a proxy without a scheme by that of the URL, from 12 on by http', () => {
    for (const proxy of ['p.example:3128', '127.0.0.1:3128']) {
      expect(resolve(eleven, {}, { HTTPS_PROXY: proxy }).network.httpsProxy).toBe(`https://${proxy}`);
      expect(resolve(eleven, {}, { HTTP_PROXY: proxy }).network.proxy).toBe(`http://${proxy}`);
      expect(resolve(twelve, {}, { HTTPS_PROXY: proxy }).network.httpsProxy).toBe(`http://${proxy}`);
    }
    expect(resolve(eleven, {}, { HTTPS_PROXY: 'socks5://p.example' }).network.httpsProxy).toBe(
      'socks5://p.example',
    );
    expect(resolve(eleven, {}).network.httpsProxy).toBeNull();
  });

  it('take https-proxy, proxy, then the environment', () => {
    const files = {
      '.npmrc': 'https-proxy=http://p.example:1\nnoproxy=a.example\nstrict-ssl=false\ncafile=ca.pem\n',
    };
    for (const version of [ten, eleven, twelve]) {
      expect(resolve(version, files).network).toMatchObject({
        proxy: 'http://p.example:1',
        httpsProxy: 'http://p.example:1',
        noProxy: version === eleven ? null : 'a.example',
        ca: [],
        cafile: '/checkout/ca.pem',
        strictSsl: false,
      });
    }
    expect(resolve(eleven, { '.npmrc': 'no-proxy=a.example\n' }).network.noProxy).toBe('a.example');
    expect(resolve(ten, {}, { HTTPS_PROXY: 'http://e.example', NO_PROXY: 'b' }).network).toMatchObject({
      proxy: 'http://e.example',
      httpsProxy: 'http://e.example',
      noProxy: 'b',
      strictSsl: true,
    });
    const plain = { '.npmrc': 'http-proxy=http://h.example\n' };
    expect([ten, eleven].map((version) => resolve(version, plain).network.proxy)).toEqual([
      null,
      'http://h.example',
    ]);
  });
});

describe('the way to an https registry', () => {
  const way = (version: string, files: Record<string, string>, env: Record<string, string> = {}) => {
    const { network } = resolve(version, files, env);
    return ['https', 'http'].map(
      (scheme) => routeTo(new URL(`${scheme}://r.example/`), network, env, 'npm').kind,
    );
  };

  it('is direct where only the http proxy is set', () => {
    for (const version of [ten, eleven, twelve])
      for (const name of ['HTTP_PROXY', 'PROXY'])
        expect(way(version, {}, { [name]: 'http://p.example' })).toEqual(['direct', 'proxy']);
    expect(way(eleven, { '.npmrc': 'http-proxy=http://p.example\n' })).toEqual(['direct', 'proxy']);
  });

  it('is direct where the settings turn the proxy of the variables off', () => {
    const off = { '.npmrc': 'https-proxy=false\nproxy=false\n' };
    for (const version of [ten, eleven])
      expect(way(version, off, { HTTPS_PROXY: 'http://p.example' })).toEqual(['direct', 'direct']);
  });

  it('leads through the https proxy', () => {
    for (const version of [ten, eleven, twelve])
      expect(way(version, {}, { HTTPS_PROXY: 'http://p.example' })).toEqual(['proxy', 'proxy']);
  });
});

describe('hostile files', () => {
  it('never make it throw, and leave prototypes alone', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const cyclic = 'a: &a\n  b: *a\nregistries: &r\n  "@acme": http://r.example/\n  x: *r\n';
    const texts = [
      deep,
      `a: ${deep}`,
      cyclic,
      '__proto__:\n  registry: http://evil.example/\n',
      '\uFEFF',
      '\0',
      '%YAML 9\n',
    ];
    for (const version of [eight, ten, eleven, twelve]) {
      for (const text of texts) {
        const files = { 'pnpm-workspace.yaml': text, '~/.config/pnpm/config.yaml': text, '.npmrc': text };
        const model = resolve(version, files);
        expect(model.registryFor('plain').url).toBeNull();
        model.credentialFor('no url', 'neither');
        model.asks(dependency('__proto__'));
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('keep secrets out of everything that is printed', () => {
    const secret = 'glpat-SecretSecret123';
    const lines = [
      `${key}=${secret}`,
      `//h.example/:_password=${Buffer.from(secret).toString('base64')}`,
      `registry=http://u:${secret}@gitlab.example/npm/`,
      `${key}=${secret} # my token`,
      `${key} ${secret}`,
    ].join('\n');
    for (const version of [ten, eleven, twelve]) {
      const yaml = `registries:\n  "@acme": http://u:${secret}@y.example/\n`;
      const model = resolve(version, { '.npmrc': lines, 'pnpm-workspace.yaml': yaml });
      const shown = JSON.stringify([
        model.settings,
        model.problems,
        model.stop,
        model.files,
        model.registryFor('a'),
      ]);
      expect(shown).not.toContain('SecretSecret');
      expect(shown).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12));
    }
  });

  it('stay quick: a file of 20 MB', () => {
    const text = `${`//h${'a'.repeat(90)}.example/:_authToken=x\n`.repeat(200_000)}`;
    expect(() => resolve(twelve, { '.npmrc': text })).not.toThrow();
  });
});

describe('a remark behind a value', () => {
  it('is told of in pnpm 12 only', () => {
    const files = { '~/.npmrc': `${mapped}\n${key}=\${T} # mine\n` };
    const faults = (version: string) =>
      resolve(version, files).problems.filter(({ kind }) => kind === 'malformed-line');
    expect(faults(twelve)).toMatchObject([{ corrected: `${key}=\${T}` }]);
    expect(faults(eleven)).toEqual([]);
  });
});

describe('trustPolicy', () => {
  const yaml = 'trustPolicy: no-downgrade\n';
  const gate = (version: string, text: string, asked = dependency('@acme/a'), rcText = '') => {
    const world = worldOf({
      '.npmrc': `${mapped}\n${rcText}`,
      'pnpm-workspace.yaml': `packages: ["."]\n${text}`,
    });
    const found = pnpmModule.resolve(world, { name: 'pnpm', version, known: 'given' }).ageGate?.(asked);
    return found ? `${found.minutes} ${found.missingTime} ${found.stop.code} ${found.looksAt}` : null;
  };
  const refused = '0 refused ERR_PNPM_MISSING_TIME trust';
  const strict = 'minimumReleaseAgeIgnoreMissingTime: false\nminimumReleaseAge: 0\n';

  it.each([
    ['10.20.0', yaml, null],
    ['10.21.0', yaml, refused],
    ['10.34.9', yaml, refused],
    ['11.7.0', `${yaml}minimumReleaseAge: 0\n`, refused],
    ['11.22.0', `${yaml}minimumReleaseAge: 0\n`, refused],
    ['11.23.0', yaml, null],
    ['12.5.0', yaml, null],
    ['12.5.0', `${yaml}${strict}`, refused],
    ['10.34.9', 'trustPolicy: off\n', null],
    ['10.21.0', `${yaml}trustPolicyExclude: ["@acme/*"]\n`, refused],
    ['10.22.0', `${yaml}trustPolicyExclude: ["@acme/*"]\n`, null],
    ['10.34.9', `${yaml}trustPolicyExclude: ["@acme/b"]\n`, refused],
    ['11.7.0', `${yaml}minimumReleaseAge: 60\n`, '60 refused ERR_PNPM_MISSING_TIME trust'],
    ['10.34.9', `${yaml}minimumReleaseAge: 60\n`, '60 refused ERR_PNPM_MISSING_TIME undefined'],
  ])('of %s refuses metadata without times: %j', (version, text, expected) => {
    expect(gate(version, text)).toBe(expected);
  });

  it('is read from an rc file up to 10', () => {
    const policy = 'trust-policy=no-downgrade\n';
    expect(gate('10.34.9', '', dependency('@acme/a'), policy)).toBe(refused);
    expect(gate('11.7.0', 'minimumReleaseAge: 0\n', dependency('@acme/a'), policy)).toBeNull();
  });

  it('looks at locked versions too, where metadata is asked for them', () => {
    const locked = dependency('@acme/a', {
      locked: {
        version: '1.0.0',
        tarball: null,
        integrity: null,
        source: { kind: 'file', path: 'pnpm-lock.yaml', line: 9 },
      },
    });
    const plain = `${yaml}minimumReleaseAge: 0\n`;
    expect(gate('11.7.0', plain, locked)).toBe('0 refused ERR_PNPM_TRUST_DOWNGRADE trust');
    expect(gate('11.7.0', `${plain}trustPolicyExclude: ["@acme/a@1.0.0"]\n`, locked)).toBeNull();
  });
});
