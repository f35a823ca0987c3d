import { describe, expect, it } from 'vitest';
import { packagesOfShop, reportOfShop, url } from './shop.ts';

const clients = ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun'] as const;
const both = ['@acme/app ok', '@acme/gone failed'];

describe('peers of a package', () => {
  const app = { peerDependencies: { '@acme/gone': '1' } };

  it.each(clients)('%s: those that may be left out are not asked for', async (client) => {
    const peerDependenciesMeta = { '@acme/gone': { optional: true } };
    expect(await packagesOfShop({ client, app: { ...app, peerDependenciesMeta } })).toEqual(['@acme/app ok']);
  });

  it.each([
    ['npm', both],
    ['pnpm', both],
    ['yarn', ['@acme/app ok']],
    ['yarn-berry', ['@acme/app ok']],
    ['bun', both],
  ] as const)('%s: of others, %j is asked for', async (client, expected) => {
    expect(await packagesOfShop({ client, app })).toEqual(expected);
    const peerDependenciesMeta = { '@acme/gone': { optional: false }, '@acme/other': { optional: true } };
    expect(await packagesOfShop({ client, app: { ...app, peerDependenciesMeta } })).toEqual(expected);
  });

  it.each([
    ['npm', { '.npmrc': 'legacy-peer-deps=true\n' }, ['@acme/app ok']],
    ['npm', { '.npmrc': 'strict-peer-deps=true\n' }, both],
    ['pnpm', { '.npmrc': 'auto-install-peers=false\n' }, ['@acme/app ok']],
    ['pnpm', { 'pnpm-workspace.yaml': 'autoInstallPeers: false\n' }, ['@acme/app ok']],
    ['pnpm', { 'pnpm-workspace.yaml': 'autoInstallPeers: true\n' }, both],
  ] as const)('%s with %j: %j', async (client, files, expected) => {
    expect(await packagesOfShop({ client, app, files })).toEqual(expected);
  });
});

describe('peers of the project that may be left out', () => {
  const more = {
    peerDependencies: { '@acme/gone': '1' },
    peerDependenciesMeta: { '@acme/gone': { optional: true } },
  };

  it.each([
    ['npm', {}, ['@acme/app ok']],
    ['pnpm', {}, both],
    ['pnpm', { 'pnpm-workspace.yaml': 'autoInstallPeers: false\n' }, ['@acme/app ok']],
    ['pnpm', { '.npmrc': 'auto-install-peers=false\n' }, ['@acme/app ok']],
    ['bun', {}, ['@acme/app ok']],
  ] as const)('%s with %j: %j', async (client, files, expected) => {
    expect([...(await packagesOfShop({ client, more, files }))].sort()).toEqual(expected);
  });
});

describe('packageExtensions', () => {
  const asking = (more: object) => `packageExtensions:\n${yamlMap(more, 2)}`;
  const yarn = (more: object) => ({ client: 'yarn-berry', yarnrc: asking(more) }) as const;
  const pnpm = (more: object) =>
    ({ client: 'pnpm', files: { 'pnpm-workspace.yaml': `packages: ["."]\n${asking(more)}` } }) as const;
  const gone = { dependencies: { '@acme/gone': '1' } };

  it.each([
    ['a followed package', { '@acme/lib@*': gone }, ['@acme/app ok', '@acme/lib ok', '@acme/gone failed']],
    ['its very version', { '@acme/lib@^1.0.0': gone }, ['@acme/app ok', '@acme/lib ok', '@acme/gone failed']],
    ['another version', { '@acme/lib@2': gone }, ['@acme/app ok', '@acme/lib ok']],
    ['the project', { 'my-project@*': gone }, ['@acme/gone failed', '@acme/app ok', '@acme/lib ok']],
    ['a public package', { 'left-pad@*': gone }, ['@acme/app ok', '@acme/gone failed', '@acme/lib ok']],
    [
      'what asks for it already',
      { '@acme/app@*': { dependencies: { '@acme/lib': '9' } } },
      ['@acme/app ok', '@acme/lib ok'],
    ],
    [
      'a peer that may be left out',
      {
        '@acme/lib@*': {
          peerDependencies: { '@acme/gone': '1' },
          peerDependenciesMeta: { '@acme/gone': { optional: true } },
        },
      },
      ['@acme/app ok', '@acme/lib ok'],
    ],
  ])('of %s: %j', async (_what, extensions, expected) => {
    const app = { dependencies: { '@acme/lib': '^1.0.0' } };
    for (const told of [pnpm(extensions), yarn(extensions)]) {
      expect([...(await packagesOfShop({ ...told, app }))].sort()).toEqual([...expected].sort());
    }
  });

  it.each([
    ['9.15.9', false, true],
    ['10.34.9', true, true],
    ['11.28.11', true, false],
  ])('pnpm %s reads those of pnpm-workspace.yaml: %s, of package.json: %s', async (version, yaml, json) => {
    const ext = { '@acme/app': gone };
    const found = async (told: object) =>
      (await packagesOfShop({ client: 'pnpm', version, ...told })).includes('@acme/gone failed');
    expect(await found(pnpm(ext))).toBe(yaml);
    expect(await found({ more: { pnpm: { packageExtensions: ext } } })).toBe(json);
  });

  it('npm, Yarn 1 and Bun have none', async () => {
    const packageExtensions = { '@acme/app': gone };
    const more = { packageExtensions, pnpm: { packageExtensions } };
    for (const client of ['npm', 'yarn', 'bun'] as const)
      expect(await packagesOfShop({ client, more })).toEqual(['@acme/app ok']);
  });
});

describe('overrides of what packages need', () => {
  const app = { dependencies: { '@acme/lib': '^9.0.0' } };
  const resolutions = { resolutions: { '@acme/lib': '1.0.0' } };
  const overrides = { overrides: { '@acme/lib': '1.0.0' } };
  const yaml = (value: string) => ({
    files: { 'pnpm-workspace.yaml': `packages: ["."]\noverrides:\n  "@acme/lib": "${value}"\n` },
  });

  it.each([
    ['npm', overrides, {}],
    ['bun', overrides, {}],
    ['bun', resolutions, {}],
    ['yarn', resolutions, {}],
    ['yarn-berry', resolutions, {}],
    ['pnpm', { pnpm: overrides }, {}],
    ['pnpm', resolutions, {}],
    ['pnpm', {}, yaml('1.0.0')],
    ['pnpm', {}, { ...yaml('1.0.0'), version: '12.21.0' }],
  ] as const)('%s takes %j %j', async (client, more, told) => {
    const found = await packagesOfShop({ client, app, more, ...told });
    expect([...found].sort()).toEqual(['@acme/app ok', '@acme/lib ok']);
  });

  it.each([
    ['npm', { ...resolutions, overrides: { '@acme/lib@1': '1.0.0' } }, {}],
    ['npm', overrides, { version: '8.2.0' }],
    ['yarn', overrides, {}],
    ['pnpm', { pnpm: overrides }, { version: '11.28.11' }],
    ['pnpm', {}, { ...yaml('1.0.0'), version: '9.15.9' }],
  ] as const)('%s does not take %j %j', async (client, more, told) => {
    expect(await packagesOfShop({ client, app, more, ...told })).toContain('@acme/lib failed');
  });

  const yamlOf = (overrides: Readonly<Record<string, string>>) => ({
    files: { 'pnpm-workspace.yaml': `packages: ["."]\noverrides:\n${yamlMap(overrides, 2)}` },
  });
  const nested = (parent: string) => ({ overrides: { [parent]: { '@acme/lib': '1.0.0' } } });
  const path = (key: string) => ({ resolutions: { [key]: '1.0.0' } });
  const first = { '@acme/app/@acme/lib': '1.0.0', '@acme/lib': '9.0.0' };

  // run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1, 3 and 4, Bun 1.4.5
  it.each([
    ['npm', nested('@acme/app'), {}],
    ['bun', nested('@acme/app'), {}],
    ['bun', nested('@acme/app@^1'), {}],
    ['bun', path('@acme/app/@acme/lib'), {}],
    ['pnpm', {}, yamlOf({ '@acme/app>@acme/lib': '1.0.0' })],
    ['pnpm', {}, yamlOf({ '@acme/app@1>@acme/lib': '1.0.0' })],
    ['pnpm', { pnpm: { overrides: { '@acme/app>@acme/lib': '1.0.0' } } }, { version: '9.15.9' }],
    ['yarn', path('**/@acme/app/@acme/lib'), {}],
    ['yarn-berry', path('@acme/app/@acme/lib'), {}],
  ] as const)('%s takes %j %j below the package that asks', async (client, more, told) => {
    const found = await packagesOfShop({ client, app, more, ...told });
    expect([...found].sort()).toEqual(['@acme/app ok', '@acme/lib ok']);
  });

  it.each([
    ['npm', nested('@acme/other'), {}],
    ['npm', nested('@acme/app'), { version: '8.2.0' }],
    ['bun', nested('@acme/app@^2'), {}],
    ['bun', nested('@acme/app'), { version: '1.3.14' }],
    ['bun', path('@acme/app/@acme/lib'), { version: '1.3.14' }],
    ['pnpm', {}, yamlOf({ '@acme/app@2>@acme/lib': '1.0.0' })],
    ['pnpm', {}, yamlOf({ '@acme/other>@acme/lib': '1.0.0' })],
    ['yarn', path('**/@acme/other/@acme/lib'), {}],
    ['yarn-berry', path('@acme/other/@acme/lib'), {}],
  ] as const)('%s does not take %j %j below another one', async (client, more, told) => {
    expect(await packagesOfShop({ client, app, more, ...told })).toContain('@acme/lib failed');
  });

  it.each([
    ['npm', { overrides: { '@acme/lib': '9.0.0', ...nested('@acme/app').overrides } }, ['1.0.0', '9.0.0']],
    ['yarn-berry', { resolutions: first }, ['1.0.0', '9.0.0']],
  ] as const)('%s: %j, of which each has to be there', async (client, more, wanted) => {
    const { packages } = await reportOfShop({ client, app, more });
    const libs = packages.filter(({ name }) => name === '@acme/lib').map(({ requested }) => requested);
    expect([...libs].sort()).toEqual(wanted);
  });

  // run for real: npm 10 to 12
  const within = (...keys: readonly string[]) => ({
    overrides: keys.reduceRight<object>((rules, key) => ({ [key]: rules }), { '@acme/lib': '1.0.0' }),
  });
  it.each([
    ['a key in a key', within('@acme/outer', '@acme/app')],
    ['a key by way of another package', within('@acme/outer')],
    ['the package itself in two keys', within('@acme/outer', '@acme/app', '@acme/lib')],
  ])('npm takes what %s says', async (_, more) => {
    const rules = JSON.parse(JSON.stringify(more).replace('"@acme/lib":{"@acme/lib":', '"@acme/lib":{".":'));
    const found = await packagesOfShop({ app, more: rules, dependencies: { '@acme/outer': '1.0.0' } });
    expect([...new Set(found)].sort()).toEqual(['@acme/app ok', '@acme/lib ok', '@acme/outer ok']);
  });

  it.each([
    ['npm', 'in the other order', within('@acme/app', '@acme/outer')],
    ['npm', 'below another package', within('@acme/other', '@acme/app')],
    ['npm', 'of a range', within('@acme/outer@^1', '@acme/app')],
    ['npm', 'below the package itself', within('@acme/outer', '@acme/app', '@acme/lib', '@acme/lib')],
    ['bun', 'in a key of a key', within('@acme/outer', '@acme/app')],
    ['bun', 'by way of another package', within('@acme/outer')],
  ] as const)('%s does not take what stands %s', async (client, _, more) => {
    const found = await packagesOfShop({ client, app, more, dependencies: { '@acme/outer': '1.0.0' } });
    expect(found).toContain('@acme/lib failed');
  });

  it('pnpm takes a package away below the one that asks for it', async () => {
    const away = yamlOf({ '@acme/app>@acme/lib': '-' });
    expect(await packagesOfShop({ client: 'pnpm', app, ...away })).toEqual(['@acme/app ok']);
    const other = yamlOf({ '@acme/other>@acme/lib': '-' });
    expect(await packagesOfShop({ client: 'pnpm', app, ...other })).toContain('@acme/lib failed');
  });

  it('pnpm takes a package away', async () => {
    expect(await packagesOfShop({ client: 'pnpm', app, ...yaml('-') })).toEqual(['@acme/app ok']);
  });

  it('what overrides has to be there', async () => {
    const found = await packagesOfShop({ app, more: { overrides: { '@acme/lib': '7.0.0' } } });
    expect([...found].sort()).toEqual(['@acme/app ok', '@acme/lib failed']);
  });
});

function yamlMap(map: object, indent: number): string {
  return Object.entries(map)
    .map(([key, value]) => {
      const lead = `${' '.repeat(indent)}"${key}":`;
      return typeof value === 'object'
        ? `${lead}\n${yamlMap(value, indent + 2)}`
        : `${lead} ${JSON.stringify(value)}\n`;
    })
    .join('');
}

describe('a package without a scope', () => {
  const app = { dependencies: { gone: '^1.0.0' } };

  it.each(['npm', 'pnpm', 'yarn', 'bun'] as const)(
    '%s: is asked for where all are asked at GitLab, and nowhere else',
    async (client) => {
      const own = `registry=${url}/api/v4/projects/101/packages/npm/\n`;
      expect(await packagesOfShop({ client, app, npmrc: own })).toEqual(['@acme/app ok', 'gone failed']);
      expect(await packagesOfShop({ client, app })).toEqual(['@acme/app ok']);
    },
  );
});

describe('an alias without a scope below a scope', () => {
  const dependencies = { '@acme/lib': 'npm:gone@1.0.0' };

  it('is asked at the registry of that scope by pnpm up to 10', async () => {
    expect(await packagesOfShop({ client: 'pnpm', dependencies })).toEqual(['gone failed']);
    expect(await packagesOfShop({ client: 'pnpm', version: '11.28.11', dependencies })).toEqual([]);
    expect(await packagesOfShop({ client: 'npm', dependencies })).toEqual([]);
  });

  it('is no package of its own scope for pnpm 11 and later where it has no name', async () => {
    const { packages, findings } = await reportOfShop({
      client: 'pnpm',
      version: '11.28.11',
      dependencies: { '@acme/lib': 'npm:^1.0.0' },
    });
    expect(packages.map(({ status }) => status)).toEqual(['failed']);
    expect(findings.map(({ code, title }) => `${code} ${title}`)).toEqual([
      'NP101 "npm:^1.0.0" names no package: pnpm asks the default registry for @acme/lib, whatever the line of its scope says',
    ]);
  });
});
