import { describe, expect, it } from 'vitest';
import { yarnBerryModule } from '../../src/clients/yarn-berry/yarn-berry-module.ts';
import type { ClientModel } from '../../src/domain/client.ts';
import type { ClientWorld } from '../../src/domain/client-world.ts';
import type { Credential } from '../../src/domain/credential.ts';
import { authorizationOf } from '../../src/domain/credential.ts';
import { reveal } from '../../src/domain/secret.ts';
import { dependency, worldOf } from './client-world.ts';

const api = 'https://gitlab.example.com/api/v4';
const registry = `${api}/packages/npm/`;
const scope = (more = '') => `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n${more}`;
const token = (text: string) => `    npmAuthToken: ${text}\n`;

function modelOf(
  files: string | Record<string, string>,
  version = '4.18.1',
  env: Record<string, string> = { CI_JOB_TOKEN: 'job-token' },
  more: Partial<ClientWorld> = {},
): ClientModel {
  const laid = typeof files === 'string' ? { '.yarnrc.yml': files } : files;
  return yarnBerryModule.resolve(worldOf(laid, env, more), { name: 'yarn-berry', version, known: 'given' });
}

function sent(model: ClientModel, name = '@acme/lib'): string {
  const { url } = model.registryFor(name);
  const credential = model.credentialFor(model.metadataUrl(url ?? 'https://public.example/', name), url);
  return textOf(credential);
}

function textOf(credential: Credential): string {
  if (credential.kind === 'token') return reveal(credential.secret);
  return credential.kind === 'none' ? '-' : `unresolved ${credential.variable}`;
}

describe('files of Yarn 2+', () => {
  it('meet by the nearest file before Yarn 4, and key by key from then on', () => {
    const files = {
      '.yarnrc.yml': scope(),
      '/.yarnrc.yml': `npmScopes:\n  acme:\n    npmAlwaysAuth: true\nunsafeHttpWhitelist: [a.test]\n`,
      '~/.yarnrc.yml': `npmScopes:\n  acme:\n${token('home')}unsafeHttpWhitelist: [b.test]\n`,
    };
    expect(sent(modelOf(files, '3.8.7'))).toBe('-');
    expect(sent(modelOf(files, '4.0.2'))).toBe('home');
    const asks = (version: string) =>
      ['a', 'b'].map((host) => modelOf(files, version).refusesUrl?.(`http://${host}.test/`)?.code ?? 'asks');
    expect(asks('3.8.7')).toEqual(['asks', 'YN0081']);
    expect(asks('4.0.2')).toEqual(['asks', 'asks']);
  });

  it.each([
    ['3.8.7', 'homex'],
    ['4.18.1', 'home'],
  ])(
    'have the name of YARN_RC_FILENAME, the one in the home folder only before Yarn 4 (%s)',
    (version, expected) => {
      const files = {
        'x.yml': scope(),
        '.yarnrc.yml': 'npmRegistryServer: https://other.test',
        '~/.yarnrc.yml': `npmRegistries:\n  "${registry}":\n${token('home')}`,
        '~/x.yml': `npmRegistries:\n  "${registry}":\n${token('homex')}`,
      };
      const model = modelOf(files, version, { YARN_RC_FILENAME: 'x.yml' });
      expect(sent(model)).toBe(expected);
      expect(model.writing.file).toBe('x.yml');
      expect(model.problems).toContainEqual(
        expect.objectContaining({
          kind: 'ignored-file',
          file: expect.objectContaining({ path: '/checkout/.yarnrc.yml' }),
        }),
      );
    },
  );

  it('are passed over: .npmrc with registries, .yarnrc of Yarn 1, workspaces; not an .npmrc about other things', () => {
    const model = modelOf(
      {
        '.npmrc': `@acme:registry=${registry}\n`,
        '.yarnrc': 'registry "https://x.test"\n',
        '~/.npmrc': 'fund=false\n',
        'apps/web/.yarnrc.yml': scope(),
      },
      '4.18.1',
      {},
      { workspaceFolders: ['/checkout/apps/web', '/checkout/apps/api'] },
    );
    const ignored = model.problems.flatMap((problem) =>
      problem.kind === 'ignored-file' ? [[problem.file.path, problem.keys]] : [],
    );
    expect(ignored).toEqual([
      ['/checkout/.npmrc', ['@acme:registry']],
      ['/checkout/.yarnrc', ['registry']],
      ['/checkout/apps/web/.yarnrc.yml', ['@acme:registry']],
    ]);
    expect(model.registryFor('@acme/lib').url).toBeNull();
  });

  it.each([
    ['onConflict: reset', '-'],
    ['onConflict: extend', 'home'],
  ])('say how they meet: %s', (how, expected) => {
    const files = {
      '.yarnrc.yml': `${scope()}  ${how}\n`,
      '~/.yarnrc.yml': `npmScopes:\n  acme:\n${token('home')}`,
    };
    expect(sent(modelOf(files))).toBe(expected);
  });
});

describe('a setting that Yarn does not take', () => {
  it.each([
    ['fooBar: 1', '4.18.1', 'Unrecognized or legacy configuration settings found: fooBar'],
    ['npmMinimalAgeGate: 0', '4.9.4', 'npmMinimalAgeGate'],
    [`${scope()}    npmMinimalAgeGate: 0\n`, '4.16.0', "npmScopes['acme'].npmMinimalAgeGate"],
    [scope(token('')), '4.18.1', 'to be a string'],
    [scope(token('[a]')), '3.8.7', 'cannot be an array'],
    ['npmAlwaysAuth: yes', '3.8.7', 'as a boolean'],
    ['npmMinimalAgeGate: 3 h', '4.18.1', 'as a duration'],
    ['npmScopes: x', '4.18.1', 'must be an object'],
    ['npmRegistryServer:', '4.18.1', 'cannot be set to null'],
    ['caFilePath: x', '4.0.2', 'caFilePath'],
    ['cacheFolder: ${NOPE}', '4.18.1', 'Environment variable not found (NOPE)'],
    ['a: [', '4.18.1', 'Parse error'],
    ['- a', '4.18.1', 'Parse error'],
    [scope(token('"${CI_JOB_TOKEN?}"')), '4.13.0', 'Invalid environment variable substitution'],
    ['a: &x\n  b: *x', '4.18.1', 'Maximum call stack'],
  ])('ends it: %j on %s', (text, version, message) => {
    expect(modelOf(text, version).stop?.message).toContain(message);
  });

  it.each([
    ['enableStrictSettings: false\nfooBar: 1', '3.8.7'],
    ['plugins: [./p.cjs]\nfooBar: 1', '4.18.1'],
    ['fooBar: 1', '99.0.0'],
    ['fooBar: 1', '2.4.1'],
    ['preferReuse: true', '3.7.0'],
    [scope(token('"${CI_JOB_TOKEN?}"')), '4.12.0'],
    ['cacheFolder: ${NOPE-}', '4.18.1'],
    ['caFilePath: x', '3.8.7'],
  ])('does not end it: %j on %s', (text, version) => {
    expect(modelOf(text, version).stop).toBeNull();
  });

  it('is let through in the home folder, unless a scope has it', () => {
    expect(modelOf({ '~/.yarnrc.yml': 'fooBar: 1' }, '3.8.7').stop).toBeNull();
    expect(modelOf({ '~/.yarnrc.yml': 'npmMinimalAgeGate: 0' }, '4.9.4').stop).toBeNull();
    expect(modelOf({ '/.yarnrc.yml': 'fooBar: 1' }, '4.18.1').stop).not.toBeNull();
    expect(modelOf({ '~/.yarnrc.yml': 'npmScopes:\n  a:\n    fooBar: 1' }, '4.18.1').stop).not.toBeNull();
  });

  it('ends it from a variable too, those of other tools apart', () => {
    expect(modelOf('', '4.18.1', { YARN_FOO_BAR: '1' }).stop?.source).toEqual({
      kind: 'env',
      name: 'YARN_FOO_BAR',
    });
    expect(
      modelOf('', '4.18.1', { YARN_VERSION: '1', YARN_REGISTRY: 'x', YARN_CACHE_FOLDER: 'y' }).stop,
    ).toBeNull();
  });
});

describe('references', () => {
  it.each([
    ['"${CI_JOB_TOKEN}"', 'job-token', 'job-token'],
    ['"${NOPE-}"', 'unresolved NOPE', 'unresolved NOPE'],
    ['"${NOPE:-x}"', 'x', 'x'],
    ['"${EMPTY-x}"', 'unresolved EMPTY', 'unresolved EMPTY'],
    ['"${EMPTY:-x}"', 'x', 'x'],
    ['$CI_JOB_TOKEN', 'unresolved CI_JOB_TOKEN', 'unresolved CI_JOB_TOKEN'],
    ["'a\\${CI_JOB_TOKEN}'", 'a\\job-token', 'a${CI_JOB_TOKEN}'],
    ['"${NOPE:-${OTHER-z}}"', 'unresolved OTHER', 'z'],
  ])('%s', (text, old, current) => {
    const env = { CI_JOB_TOKEN: 'job-token', EMPTY: '' };
    expect(sent(modelOf(scope(token(text)), '3.8.7', env))).toBe(old);
    expect(sent(modelOf(scope(token(text)), '4.13.0', env))).toBe(current);
  });

  it('name the variable that is missing', () => {
    const model = modelOf(scope(token('"${CI_JOB_TOKEN}"')), '4.18.1', {});
    expect(model.stop).toMatchObject({ code: 'Usage Error', source: { path: '.yarnrc.yml', line: 4 } });
    expect(model.problems).toMatchObject([{ kind: 'unset-variable', variable: 'CI_JOB_TOKEN' }]);
    expect(modelOf(scope(token('"${NOPE:-x}"'))).problems).toMatchObject(
      [{ kind: 'literal-token' }].slice(1),
    );
  });

  it('are replaced by .env.yarn before the environment, from Yarn 4 on', () => {
    const files = {
      '.yarnrc.yml': scope(token('"${CI_JOB_TOKEN}"')),
      '.env.yarn': 'CI_JOB_TOKEN="filed" # x\n',
    };
    expect(sent(modelOf(files, '4.0.2'))).toBe('filed');
    expect(sent(modelOf(files, '3.8.7'))).toBe('job-token');
  });
});

describe('credentials', () => {
  it.each([
    ['the exact key', `"${registry}"`, 'x'],
    ['without its protocol and slash', '"//gitlab.example.com/api/v4/packages/npm"', 'x'],
    ['a parent', `"${api}/"`, '-'],
    ['another case', `"${registry.replace('npm/', 'NPM')}"`, '-'],
  ])('of a registry: %s', (_, key, expected) => {
    const model = modelOf(`${scope()}npmRegistries:\n  ${key}:\n${token('x')}`);
    expect(sent(model)).toBe(expected);
    const credential = model.credentialFor(`${registry}@acme%2flib`, registry);
    if (credential.kind === 'none') expect(credential.nearest).toHaveLength(1);
  });

  it('of a scope win, an empty one does not, and the outermost one counts where the registry has no entry', () => {
    const registries = `npmRegistries:\n  "${registry}":\n${token('of-registry')}`;
    expect(sent(modelOf(`${scope(token('of-scope'))}${registries}`))).toBe('of-scope');
    expect(sent(modelOf(`${scope(token('"${NOPE-}"'))}${registries}`))).toBe('of-registry');
    expect(sent(modelOf(`${scope()}npmAuthToken: general`))).toBe('general');
    expect(
      sent(
        modelOf(
          `${scope()}npmAuthToken: general\n${registries.replace(/ {4}.*/, '    npmAlwaysAuth: true')}`,
        ),
      ),
    ).toBe('-');
  });

  it('of unscoped packages need npmAlwaysAuth beside them', () => {
    const text = `npmRegistryServer: "${registry}"\nnpmAuthToken: x\n`;
    expect(sent(modelOf(text), 'lib')).toBe('-');
    expect(sent(modelOf(`${text}npmAlwaysAuth: true`), 'lib')).toBe('x');
  });

  it('are a user and a password in npmAuthIdent', () => {
    expect(sent(modelOf(scope('    npmAuthIdent: "a:b"\n')))).toBe(Buffer.from('a:b').toString('base64'));
    expect(sent(modelOf(scope('    npmAuthIdent: "YTpi"\n')))).toBe('YTpi');
  });

  it('would go to any host: the check sends them home only', () => {
    const model = modelOf(scope(token('x')));
    const url = 'https://elsewhere.test/@acme/lib/-/lib-1.0.0.tgz';
    const credential = model.credentialFor(url, registry);
    expect(textOf(credential)).toBe('x');
    expect(authorizationOf(credential, url)).toEqual({ kind: 'none' });
    expect(authorizationOf(credential, `${api}/projects/1/@acme/lib/-/x.tgz`).kind).toBe('bearer');
  });
});

describe('registries', () => {
  it('of a scope without npmRegistryServer is the public one, whatever the outermost level says', () => {
    expect(
      modelOf(`npmRegistryServer: "${registry}"\nnpmScopes:\n  acme:\n${token('x')}`).registryFor('@acme/x')
        .url,
    ).toBeNull();
    expect(modelOf(`npmRegistryServer: "${registry}"`).registryFor('@acme/x')).toMatchObject({
      url: registry,
      key: 'registry',
    });
  });

  it('have the key that every client has', () => {
    expect(modelOf(scope()).registryFor('@acme/x')).toEqual({
      url: registry,
      key: '@acme:registry',
      source: {
        kind: 'file',
        path: '.yarnrc.yml',
        line: 3,
        column: 5,
        key: 'npmScopes.acme.npmRegistryServer',
      },
    });
  });

  it('give the tarball of a lockfile entry that names none', () => {
    const source = { kind: 'file', path: 'yarn.lock', line: 1 } as const;
    const locked = { version: '1.2.0', tarball: null, integrity: null, source };
    expect(modelOf(scope()).asks(dependency('@acme/lib', { locked }))).toEqual({
      metadata: false,
      tarball: `${registry}@acme%2flib/-/lib-1.2.0.tgz`,
    });
    expect(modelOf(scope()).asks(dependency('@acme/lib'))).toEqual({ metadata: true, tarball: null });
  });
});

describe('the age limit', () => {
  const gate = (
    text: string,
    version: string,
    more: { requested?: string; env?: Record<string, string> } = {},
  ) => {
    const found = modelOf(text, version, more.env ?? {}).ageGate?.(
      dependency('@acme/lib', { requested: more.requested ?? '^1.0.0' }),
    );
    return found ? [found.minutes, found.stop.code] : null;
  };
  it.each([
    [scope(), '4.14.1', null],
    [scope(), '4.15.0', [1440, 'YN0016']],
    ['npmMinimalAgeGate: 0', '4.16.0', null],
    [`npmMinimalAgeGate: 0\n${scope()}`, '4.17.1', [1440, 'YN0016']],
    ['npmMinimalAgeGate: 0', '4.17.1', null],
    [scope('    npmMinimalAgeGate: 2h\n'), '4.18.1', [120, 'YN0016']],
    ['npmMinimalAgeGate: 90', '4.12.0', [90, 'YN0082']],
    ['npmMinimalAgeGate: 60\nnpmPreapprovedPackages: ["@acme/*"]', '4.10.1', [60, 'YN0082']],
    ['npmMinimalAgeGate: 60\nnpmPreapprovedPackages: ["@acme/*"]', '4.10.2', null],
    ['npmMinimalAgeGate: 60\nnpmPreapprovedPackages: ["@other/*"]', '4.10.2', [60, 'YN0082']],
    ['npmPreapprovedPackages: ["@acme/*"]', '4.18.1', null],
    ['npmPreapprovedPackages: "x,@acme/lib@^1.2.0"', '4.18.1', null],
    ['npmPreapprovedPackages: ["*", "@acme/lib@^2", "@other/*"]', '4.18.1', [1440, 'YN0016']],
  ])('%j on %s', (text, version, expected) => {
    expect(gate(text, version)).toEqual(expected);
  });

  it('does not hold tags but latest, nor locked packages', () => {
    expect(gate(scope(), '4.18.1', { requested: 'beta' })).toBeNull();
    expect(gate(scope(), '4.18.1', { requested: 'latest' })).toEqual([1440, 'YN0016']);
    expect(gate(scope(), '4.18.1', { env: { YARN_NPM_PREAPPROVED_PACKAGES: '@acme/*' } })).toBeNull();
  });
});

describe('the network of Yarn 2+', () => {
  it('is what its settings say, not HTTP_PROXY', () => {
    const text = `${scope()}httpProxy: "http://p.test"\nhttpsCaFilePath: ./ca.pem\nenableStrictSsl: false\nnetworkSettings:\n  "*.example.com":\n    httpsProxy: "http://q.test"\n`;
    expect(modelOf(text, '4.18.1', { HTTPS_PROXY: 'http://other.test' }).network).toMatchObject({
      proxy: 'http://p.test',
      httpsProxy: 'http://q.test',
      noProxy: null,
      cafile: '/checkout/ca.pem',
      strictSsl: false,
    });
  });

  it.each([
    ['unsafeHttpWhitelist: ["git.test:8080"]', 'YN0081'],
    ['unsafeHttpWhitelist: ["*.test"]', undefined],
    ['unsafeHttpWhitelist: "a,git.test"', undefined],
    ['enableNetwork: false', 'YN0080'],
    [
      'enableNetwork: false\nnetworkSettings:\n  "git.*":\n    enableNetwork: true\nunsafeHttpWhitelist: ["*.test"]',
      undefined,
    ],
  ])('%j', (text, code) => {
    expect(modelOf(text).refusesUrl?.('http://git.test:8080/x')?.code).toBe(code);
  });
});

describe('problems', () => {
  it('are a scope with @, a host with a port, and a token in the checkout', () => {
    const text = `unsafeHttpWhitelist:\n  - "git.test:80"\nnpmScopes:\n  "@acme":\n${token('glpat-literalliteral00')}`;
    const model = modelOf(text);
    expect(model.problems).toMatchObject([
      { kind: 'malformed-line', corrected: 'acme:', source: { line: 4 } },
      { kind: 'malformed-line', corrected: '- "git.test"', source: { line: 2 } },
      { kind: 'literal-token' },
    ]);
    expect(JSON.stringify(model)).not.toContain('literalliteral');
  });

  it('are none in an ordinary file, nor for a token in the home folder', () => {
    expect(
      modelOf({ '.yarnrc.yml': scope(), '~/.yarnrc.yml': `npmScopes:\n  acme:\n${token('literal')}` })
        .problems,
    ).toEqual([]);
    expect(modelOf(scope(token('"${CI_JOB_TOKEN-}"'))).problems).toEqual([]);
  });

  it('are a setting that a nearer file hides', () => {
    const model = modelOf({
      '.yarnrc.yml': scope(token('near')),
      '~/.yarnrc.yml': `npmScopes:\n  acme:\n${token('far')}`,
    });
    expect(model.problems).toContainEqual(
      expect.objectContaining({
        kind: 'shadowed',
        loser: expect.objectContaining({ key: 'npmScopes.acme.npmAuthToken' }),
      }),
    );
  });
});

describe('hostile files', () => {
  const bomb = [
    'a: &a [x, x]',
    ...'bcdefghijklmnopqrstuvwxyz'
      .split('')
      .map((name, at) => `${name}: &${name} [${`*${'abcdefghijklmnopqrstuvwxyz'[at]}, `.repeat(9)}]`),
  ].join('\n');
  it.each([
    ['deep', '['.repeat(100_000)],
    ['aliases', `${bomb}\n${scope()}`],
    ['a cycle', 'npmScopes: &x\n  acme: *x\n'],
    [
      'prototypes',
      `__proto__:\n  a: 1\nnpmScopes:\n  __proto__:\n${token('x')}  constructor:\n${token('y')}`,
    ],
    ['wildcards', `unsafeHttpWhitelist: ["${'*a'.repeat(100)}", "${'('.repeat(50)}", ""]`],
    ['control characters', 'npmScopes:\n  "a\\u001b[2J":\n    "x\\ny": 1\n'],
  ])('do no harm: %s', (_, text) => {
    for (const version of ['3.8.7', '4.18.1']) {
      const model = modelOf(text, version);
      expect(model.registryFor('@acme/lib')).toBeDefined();
      expect(sent(model)).toBe('-');
      model.refusesUrl?.(`http://${'a'.repeat(60)}.test/`);
      expect(JSON.stringify(model.stop ?? '')).not.toContain('\u001b');
    }
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });

  it('cost time in proportion to their size', () => {
    const huge = Array.from({ length: 60_000 }, (_, at) => `  s${at}:\n    npmAuthToken: x`).join('\n');
    expect(sent(modelOf(`npmScopes:\n${huge}\n`), '@s59999/lib')).toBe('x');
  });

  it('are not read when they are larger than any person writes, nor looked through again and again', () => {
    const model = modelOf(`${scope(token('x'))}#${'x'.repeat(4_000_000)}`);
    expect(model.files[0]).toMatchObject({ state: 'unreadable' });
    expect(sent(model)).toBe('-');
    expect(modelOf(`npmAuthToken: "${'${X-'.repeat(200_000)}"`, '3.8.7').stop).toBeNull();
  });
});
