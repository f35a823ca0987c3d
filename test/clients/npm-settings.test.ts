import { describe, expect, it } from 'vitest';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import { Secret } from '../../src/domain/secret.ts';
import { routeTo } from '../../src/io/proxy-settings.ts';
import { npm, worldOf } from './client-world.ts';

const registry = '@acme:registry=https://gitlab.example.com/api/v4/packages/npm/';
const key = '//gitlab.example.com/api/v4/packages/npm/:_authToken';

describe('settings of npm', () => {
  it('carry file, line and column, relative below the project and absolute elsewhere', () => {
    const model = resolveNpm(
      worldOf({ '.npmrc': `; c\r\n\r\n  ${registry}`, '~/.npmrc': `${key}=\${T}` }, { T: 'x' }),
      npm('10.9.9'),
    );
    expect(model.registryFor('@acme/a').source).toMatchObject({
      kind: 'file',
      path: '.npmrc',
      line: 3,
      column: 3,
    });
    expect(model.settings.map(({ layer, source }) => [layer, source])).toEqual([
      ['project', { kind: 'file', path: '.npmrc', line: 3, column: 3, key: '@acme:registry' }],
      ['user', { kind: 'file', path: '/home/ci/.npmrc', line: 1, column: 1, key }],
    ]);
  });

  it('count a byte order mark and lone line feeds, and never let a __proto__ key in', () => {
    const model = resolveNpm(
      worldOf({ '.npmrc': `\uFEFF${registry}\n__proto__=x\n__proto__[]=y` }),
      npm('11.0.0'),
    );
    expect(model.registryFor('@acme/a').url).toBe('https://gitlab.example.com/api/v4/packages/npm/');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(model.settings).toHaveLength(1);
  });

  it('hold secrets under credential keys, and mask what is printed', () => {
    const text = [
      `${key}=glpat-SecretSecret123`,
      '//h.example/:_password=c2VjcmV0cGFzcw==',
      'gitlab_token=glpat-SecretSecret123',
      'registry=https://user:glpat-SecretSecret123@gitlab.example.com/api/',
      'https-proxy=http://user:proxypass@proxy.example:3128',
      `${registry}${key}=glpat-SecretSecret123`,
      `//h.example/:_authToken glpat-SecretSecret123`,
      `"//q.example/:_authToken=glpat-SecretSecret123"`,
      `//r.example/:_authToken=\${glpat-SecretSecret123}`,
    ].join('\n');
    const model = resolveNpm(worldOf({ '.npmrc': text }), npm('10.9.9'));
    expect(model.settings.find((setting) => setting.key === key)?.value).toBeInstanceOf(Secret);
    const shown = JSON.stringify([
      model.settings,
      model.problems,
      model.registryFor('@acme/a'),
      model.registryFor('x'),
    ]);
    for (const secret of ['SecretSecret', 'proxypass', 'c2VjcmV0']) expect(shown).not.toContain(secret);
  });

  it('come from environment, project, user and global file in this order', () => {
    const files = {
      '.npmrc': '@acme:registry=https://project.example/',
      '~/.npmrc': '@acme:registry=https://user.example/\n@b:registry=https://user.example/',
      '/usr/local/etc/npmrc': '@b:registry=https://global.example/\n@c:registry=https://global.example/',
    };
    const model = resolveNpm(
      worldOf(files, { 'npm_config_@acme:registry': 'https://env.example/' }),
      npm('9.0.0'),
    );
    expect(['@acme/x', '@b/x', '@c/x', 'x'].map((name) => model.registryFor(name).url)).toEqual([
      'https://env.example/',
      'https://user.example/',
      'https://global.example/',
      null,
    ]);
    expect(model.files.map(({ role, state }) => `${role} ${state}`)).toEqual([
      'project read',
      'user read',
      'global read',
    ]);
  });

  it.each([
    ['an environment variable', { NPM_CONFIG_USERCONFIG: '/etc/ci.npmrc' }, ''],
    ['a path from the home folder', { npm_config_userconfig: '~/../../etc/ci.npmrc' }, ''],
    ['the project file', {}, 'userconfig=/etc/ci.npmrc'],
  ])('are read from the user file that %s names', (_, env, project) => {
    const model = resolveNpm(worldOf({ '.npmrc': project, '/etc/ci.npmrc': registry }, env), npm('10.0.0'));
    expect(model.registryFor('@acme/a').source).toMatchObject({ path: '/etc/ci.npmrc', line: 1 });
  });

  it('follow a prefix from the environment to its global file', () => {
    const model = resolveNpm(
      worldOf({ '/opt/node/etc/npmrc': registry }, { NPM_CONFIG_PREFIX: '/opt/node' }),
      npm('10.0.0'),
    );
    expect(model.registryFor('@acme/a').source).toMatchObject({ path: '/opt/node/etc/npmrc' });
  });

  it('use the form of paths that Windows has', () => {
    const text = `${registry}\n${key}=\${ci_job_token}`;
    const files = new Map([['C:\\job\\.npmrc', text]]);
    const read = (path: string) => {
      const found = files.get(path);
      return found === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'text', text: found } as const);
    };
    const model = resolveNpm(
      {
        projectDirectory: 'C:\\job',
        workspaceRoot: 'C:\\job',
        home: 'C:\\Users\\ci',
        env: { CI_JOB_TOKEN: 'token' },
        platform: 'win32',
        files: { read, list: () => [] },
        globalConfig: null,
      },
      npm('11.0.0'),
    );
    expect(model.credentialFor('https://gitlab.example.com/api/v4/packages/npm/x', null).kind).toBe('token');
    expect(model.registryFor('@acme/a').source).toMatchObject({ path: '.npmrc', line: 1 });
  });

  it('read unreadable files and folders as absent, and say so', () => {
    const world = worldOf({});
    const read = (path: string) =>
      path.startsWith('/home')
        ? ({ kind: 'unreadable', why: 'EACCES' } as const)
        : ({ kind: 'not-a-file' } as const);
    const model = resolveNpm({ ...world, files: { read, list: () => [] } }, npm('10.0.0'));
    expect(model.files.map(({ state, why }) => [state, why])).toEqual([
      ['not-a-file', undefined],
      ['unreadable', 'EACCES'],
      ['not-a-file', undefined],
    ]);
    expect(model.stop).toBeNull();
  });

  it('bear hostile files in bounded time', () => {
    const text = [
      '\\'.repeat(200_000),
      `a=${'${'.repeat(100_000)}`,
      `token${' '.repeat(100_000)}=`,
      `//${'/'.repeat(100_000)}:_authToken=x`,
      ...Array.from({ length: 20_000 }, (_, index) => `x[]=${index}`),
    ].join('\n');
    for (const version of ['6.14.18', '7.24.2', '12.2.0']) {
      expect(() => resolveNpm(worldOf({ '.npmrc': text }), npm(version))).not.toThrow();
    }
  });

  it.each([
    ['ca=garbage', ['garbage']],
    ['ca=', ['']],
    ['ca[]=', ['']],
    ['ca=false', []],
    ['ca=null', []],
    ['', []],
  ])('%s: an authority that is no certificate is one all the same, and trusts nobody', (text, ca) => {
    const { network } = resolveNpm(worldOf({ '.npmrc': text }), npm('11.0.0'));
    expect(network.ca).toEqual(ca);
  });

  it.each([
    ['cafile=', '/checkout'],
    ['cafile=ca.pem', '/checkout/ca.pem'],
    ['', null],
  ])('%s: an empty path is the folder itself, where npm ends', (text, cafile) => {
    const { network } = resolveNpm(worldOf({ '.npmrc': text }), npm('11.0.0'));
    expect(network.cafile).toBe(cafile);
  });

  it('give network settings with the variables npm falls back to', () => {
    const pem = '-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----';
    const text = `cafile=certs/ca.pem\nca="${pem}"\nstrict-ssl=false\nnoproxy=.internal`;
    const env = { HTTP_PROXY: 'http://plain.example:1', https_proxy: 'http://secure.example:2' };
    const model = resolveNpm(worldOf({ '.npmrc': text }, env), npm('10.0.0'));
    expect(model.network).toEqual({
      proxies: 'own',
      proxy: 'http://secure.example:2',
      httpsProxy: 'http://secure.example:2',
      noProxy: '.internal',
      ca: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
      cafile: '/checkout/certs/ca.pem',
      strictSsl: false,
      looksUpAddresses: true,
      speaksSocks: true,
    });
    const bare = resolveNpm(worldOf({}, { HTTP_PROXY: 'http://plain.example:1' }), npm('10.0.0')).network;
    expect(bare).toMatchObject({
      proxy: 'http://plain.example:1',
      httpsProxy: null,
      strictSsl: true,
      cafile: null,
    });
    const set = resolveNpm(worldOf({ '.npmrc': 'proxy=http://rc.example:3' }, env), npm('10.0.0')).network;
    expect(set).toMatchObject({ proxy: 'http://rc.example:3', httpsProxy: 'http://rc.example:3' });
  });

  it.each([
    ['9.9.4', '.internal', 'npm.example', '.internal'],
    ['10.0.0', '.internal', 'npm.example', '.internal,npm.example'],
    ['12.2.0', '.internal', 'npm.example', '.internal,npm.example'],
    ['12.2.0', '', 'npm.example', 'npm.example'],
    ['12.2.0', '.internal', '', '.internal'],
    ['12.2.0', '', '', null],
  ])('npm %s with noproxy "%s" and NO_PROXY "%s" takes out %s', (version, setting, variable, taken) => {
    const files = setting === '' ? {} : { '.npmrc': `noproxy=${setting}` };
    expect(resolveNpm(worldOf(files, { NO_PROXY: variable }), npm(version)).network.noProxy).toBe(taken);
  });
});

describe('the way to an https registry', () => {
  const way = (files: Record<string, string>, env: Record<string, string>) => {
    const { network } = resolveNpm(worldOf(files, env), npm('11.0.0'));
    return ['https', 'http'].map(
      (scheme) => routeTo(new URL(`${scheme}://r.example/`), network, env, 'npm').kind,
    );
  };

  it.each(['HTTP_PROXY', 'http_proxy', 'PROXY', 'proxy'])(
    'is direct with only %s, as that is for http',
    (name) => {
      expect(way({}, { [name]: 'http://plain.example:1' })).toEqual(['direct', 'proxy']);
    },
  );

  it.each([
    [{}, { HTTPS_PROXY: 'http://secure.example:2' }],
    [{ '.npmrc': 'proxy=http://rc.example:3' }, {}],
    [{ '.npmrc': 'https-proxy=http://rc.example:3' }, { HTTP_PROXY: 'http://plain.example:1' }],
  ])('leads through a proxy with %o and %o', (files, env) => {
    expect(way(files, env)).toEqual(['proxy', 'proxy']);
  });
});
