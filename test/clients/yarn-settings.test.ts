import { describe, expect, it } from 'vitest';
import { home, project } from './client-world.ts';
import { key, metadata, registry, sent, yarnOf } from './yarn-world.ts';

describe('where Yarn 1 looks', () => {
  const line = (host: string) => `@acme:registry=https://${host}/\n`;
  it.each([
    ['the project before the user', { '.npmrc': line('p.example'), '~/.npmrc': line('u.example') }, 'p'],
    ['the user before folders above', { '~/.npmrc': line('u.example'), '/.npmrc': line('r.example') }, 'u'],
    ['the global file', { '/usr/local/etc/npmrc': line('g.example') }, 'g'],
    ['not the root of the file system', { '/.npmrc': line('r.example') }, null],
    [
      '.npmrc of the user before .yarnrc of the project',
      { '~/.npmrc': line('u.example'), '.yarnrc': '"@acme:registry" "https://y.example/"' },
      'u',
    ],
    [
      'the scope in .yarnrc before registry in .npmrc',
      { '.npmrc': 'registry=https://n.example/', '.yarnrc': '"@acme:registry" "https://y.example/"' },
      'y',
    ],
    ['registry of .yarnrc', { '~/.yarnrc': 'registry "https://y.example/"' }, 'y'],
    [
      '--registry of .yarnrc before any registry line',
      { '.npmrc': 'registry=https://n.example/', '.yarnrc': '--registry "https://f.example/"' },
      'f',
    ],
    [
      'the home before the project for --install.registry',
      {
        '.yarnrc': '--install.registry "https://p.example/"',
        '~/.yarnrc': '--install.registry "https://h.example/"',
      },
      'h',
    ],
    ['no .yarnrc.yml', { '.yarnrc.yml': 'npmRegistryServer: "https://b.example/"' }, null],
  ])('%s', (_, files: Record<string, string>, host) => {
    const { url } = yarnOf(files).registryFor('@acme/ui');
    expect(url).toBe(host === null ? null : `https://${host}.example/`);
  });

  it('reads every folder above the project, nearest first', () => {
    const files = { '/a/b/.npmrc': line('near.example'), '/a/.npmrc': `${line('far.example')}${key}\n` };
    const model = yarnOf(files, {}, { projectDirectory: '/a/b/c', workspaceRoot: '/a/b/c' });
    expect(model.registryFor('@acme/ui').url).toBe('https://near.example/');
    expect(sent(model, metadata)).toBe('Bearer secret-a');
  });

  it.each([
    ['npm_config_@acme:registry', 'https://e.example/'],
    ['NPM_CONFIG_@ACME:REGISTRY', 'https://e.example/'],
    ['YARN_REGISTRY', 'https://e.example/'],
    ['npm_config_registry', 'https://e.example/'],
  ])('takes %s', (name, value) => {
    expect(yarnOf({}, { [name]: value }).registryFor('@acme/ui').url).toBe(value);
  });

  it('never finds a token in a variable', () => {
    const env = {
      'npm_config_//git.example/api/v4/packages/npm/:_authToken': 'x',
      NPM_CONFIG__AUTHTOKEN: 'x',
    };
    expect(sent(yarnOf({}, env), metadata)).toBeNull();
  });

  it('reads the home too for root, behind another home, whatever file a variable names', () => {
    const files = {
      '~/.npmrc': `${line('home.example')}//h.example/:_authToken=\${NOPE}\n`,
      '/usr/local/share/.npmrc': line('share.example'),
      '/ci.npmrc': line('ci.example'),
    };
    const named = { NPM_CONFIG_USERCONFIG: '/ci.npmrc' };
    const url = (model: ReturnType<typeof yarnOf>) => model.registryFor('@acme/ui').url;
    expect(url(yarnOf(files))).toBe('https://home.example/');
    expect(url(yarnOf(files, {}, { rootUser: true }))).toBe('https://share.example/');
    expect(url(yarnOf(files, named, { rootUser: true }))).toBe('https://ci.example/');
    expect(yarnOf(files, named).stop).toBeNull();
    expect(yarnOf(files, named, { rootUser: true }).stop?.message).toContain('NOPE');
  });

  it('names what it passes over, with the keys that matter', () => {
    const files = {
      '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n    npmAuthToken: "x"\n`,
      'apps/web/.npmrc': key,
      '/g.npmrc': key,
    };
    const env = { NPM_CONFIG_GLOBALCONFIG: '/g.npmrc' };
    const model = yarnOf(files, env, { workspaceFolders: [`${project}/apps/web`] });
    const ignored = model.problems.flatMap((problem) => (problem.kind === 'ignored-file' ? [problem] : []));
    expect(ignored.map(({ file, keys }) => [file.path, keys])).toEqual([
      [`${project}/.yarnrc.yml`, ['@acme:registry', '//git.example/api/v4/packages/npm/:_authToken']],
      [`${project}/apps/web/.npmrc`, ['//git.example/api/v4/packages/npm/:_authToken']],
      ['/g.npmrc', ['//git.example/api/v4/packages/npm/:_authToken']],
    ]);
    const silent = yarnOf({ '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-1.22.19.cjs\n' });
    expect(silent.problems).toEqual([]);
  });
});

describe('the network of Yarn 1', () => {
  it('knows strict-ssl from .yarnrc only, proxies from both and from variables', () => {
    expect(yarnOf({ '.npmrc': 'strict-ssl=false\n' }).network.strictSsl).toBe(true);
    expect(yarnOf({ '.yarnrc': 'strict-ssl false\n' }).network.strictSsl).toBe(false);
    const env = { HTTP_PROXY: 'http://v.example', NO_PROXY: 'a.example' };
    expect(yarnOf({}, env).network).toMatchObject({
      proxy: 'http://v.example',
      httpsProxy: 'http://v.example',
      noProxy: 'a.example',
    });
    expect(yarnOf({ '.npmrc': 'proxy=http://n.example\ncafile=~/ca.pem\n' }, env).network).toMatchObject({
      proxy: 'http://n.example',
      httpsProxy: 'http://n.example',
      noProxy: null,
      cafile: `${home}/ca.pem`,
    });
    expect(yarnOf({ '.npmrc': 'proxy=false\n' }, env).network.proxy).toBeNull();
  });
});

describe('problems in the files of Yarn 1', () => {
  it.each([
    ['a literal token in the checkout', key, ['literal-token']],
    ['a reference', '//git.example/:_authToken=${CI_JOB_TOKEN}', []],
    ['a fallback', '//git.example/:_authToken=${CI_JOB_TOKEN:-}', ['malformed-line']],
    ['a key without a slash', '//git.example:_authToken=${CI_JOB_TOKEN}', ['malformed-line']],
    ['a key with its protocol', 'https://git.example/:_authToken=${CI_JOB_TOKEN}', []],
  ])('%s', (_, line, kinds) => {
    const model = yarnOf({ '.npmrc': `${line}\n` }, { CI_JOB_TOKEN: 'x' });
    expect(model.problems.map(({ kind }) => kind).sort()).toEqual(kinds);
  });

  it('tells which place wins', () => {
    const model = yarnOf({
      '.npmrc': '@acme:registry=https://a.example/\n',
      '~/.npmrc': '@acme:registry=https://b.example/\n',
      '.yarnrc': '"@acme:registry" "https://c.example/"\n',
    });
    const shadowed = model.problems.flatMap((problem) =>
      problem.kind === 'shadowed' ? [[problem.winner.value, problem.loser.value]] : [],
    );
    expect(shadowed).toEqual([
      ['https://a.example/', 'https://b.example/'],
      ['https://a.example/', 'https://c.example/'],
    ]);
  });
});
