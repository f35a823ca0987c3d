import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { readProject } from '../../src/project/read-project.ts';
import { memoryFiles } from '../support/memory-files.ts';

const versions = { npm: '10.9.9', pnpm: '10.34.9', yarn: '1.22.22', 'yarn-berry': '4.18.1', bun: '1.4.5' };
const lib = 'https://gitlab.example.com/api/v4/projects/7/packages/npm/@acme/lib/-/@acme/lib-1.0.5.tgz';

/** The lockfile that each client makes for `@acme/lib` at `^1.0.0`, and where `also` is given for that name too. */
const lockfiles: Readonly<Record<ClientName, (also: boolean) => Record<string, string>>> = {
  npm: (also) => ({
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': {},
        'node_modules/@acme/lib': { version: '1.0.5', resolved: lib },
        ...(also ? { 'node_modules/two': { version: '1.0.0' } } : {}),
      },
    }),
  }),
  pnpm: (also) => ({
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      '@acme/lib':\n        specifier: ^1.0.0\n        version: 1.0.5\n${also ? '      two:\n        specifier: 1.0.0\n        version: 1.0.0\n' : ''}packages:\n  '@acme/lib@1.0.5':\n    resolution: {integrity: sha512-AA==}\n${also ? '  two@1.0.0:\n    resolution: {integrity: sha512-AA==}\n' : ''}snapshots:\n  '@acme/lib@1.0.5': {}\n`,
  }),
  yarn: (also) => ({
    'yarn.lock': `# yarn lockfile v1\n\n\n"@acme/lib@^1.0.0":\n  version "1.0.5"\n  resolved "${lib}"\n${also ? '\ntwo@1.0.0:\n  version "1.0.0"\n' : ''}`,
  }),
  'yarn-berry': (also) => ({
    'yarn.lock': `__metadata:\n  version: 8\n\n"@acme/lib@npm:^1.0.0":\n  version: 1.0.5\n  resolution: "@acme/lib@npm:1.0.5"\n  linkType: hard\n\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n  dependencies:\n    "@acme/lib": "npm:^1.0.0"\n${also ? '    two: "npm:1.0.0"\n' : ''}  linkType: soft\n`,
  }),
  bun: (also) => ({
    'bun.lock': JSON.stringify({
      lockfileVersion: 1,
      workspaces: {
        '': { name: 'shop', dependencies: { '@acme/lib': '^1.0.0', ...(also ? { two: '1.0.0' } : {}) } },
      },
      packages: {
        '@acme/lib': ['@acme/lib@1.0.5', lib, {}, 'sha512-AA=='],
        ...(also ? { two: ['two@1.0.0', '', {}, 'sha512-AA=='] } : {}),
      },
    }),
  }),
};

function gapsOf(
  client: ClientName,
  manifest: Readonly<Record<string, unknown>>,
  {
    also = false,
    more = {},
    lock = lockfiles[client](also),
  }: {
    also?: boolean;
    more?: Readonly<Record<string, string>>;
    lock?: Readonly<Record<string, string>>;
  } = {},
) {
  const files = memoryFiles({
    '/shop/package.json': JSON.stringify({ name: 'shop', ...manifest }),
    ...Object.fromEntries(
      Object.entries({ ...lock, ...more }).map(([name, text]) => [`/shop/${name}`, text]),
    ),
  });
  const reading = readProject({ directory: '/shop', files, client });
  if (reading.kind !== 'read') throw new Error(reading.problem.message);
  const { lockfileGaps } = reading.checkout.resolveFor({ version: versions[client], installsPeers: true });
  return lockfileGaps?.map(({ kind, name, requested }) => `${kind} ${name} ${requested}`);
}

const clients = Object.keys(versions) as readonly ClientName[];
const keepingNames: readonly ClientName[] = ['pnpm', 'yarn-berry', 'bun'];
const comparingVersions: readonly ClientName[] = ['npm', 'bun'];

describe.each(clients)('%s', (client) => {
  it('finds nothing where both say the same', () => {
    expect(gapsOf(client, { dependencies: { '@acme/lib': '^1.0.0' } })).toEqual([]);
  });

  it('finds a range that the lockfile was not made for', () => {
    expect(gapsOf(client, { dependencies: { '@acme/lib': '^2.0.0' } })).toEqual(['missing @acme/lib ^2.0.0']);
  });

  it('finds a name that the lockfile does not have, of development too', () => {
    const dependencies = { '@acme/lib': '^1.0.0' };
    expect(gapsOf(client, { dependencies, devDependencies: { left: '1.0.0' } })).toEqual([
      'missing left 1.0.0',
    ]);
  });

  it('compares another range that fits as the client does', () => {
    const gaps = comparingVersions.includes(client) ? [] : ['missing @acme/lib ^1.0.1'];
    expect(gapsOf(client, { dependencies: { '@acme/lib': '^1.0.1' } })).toEqual(gaps);
  });

  it('finds a name that nothing asks for any more where the client minds it', () => {
    const gaps = keepingNames.includes(client) ? ['removed two null'] : [];
    expect(gapsOf(client, { dependencies: { '@acme/lib': '^1.0.0' } }, { also: true })).toEqual(gaps);
  });

  it('leaves out what is no matter of a registry, and peers and optional ones', () => {
    expect(
      gapsOf(client, {
        dependencies: { '@acme/lib': '^1.0.0', linked: 'file:./linked', cloned: 'github:acme/cloned' },
        peerDependencies: { '@acme/peer': '1' },
        optionalDependencies: { '@acme/may': '1' },
      }),
    ).toEqual([]);
  });
});

describe('nothing is known', () => {
  const asked = { dependencies: { '@acme/lib': '^2.0.0' } };

  it('where hooks of pnpm may change what is asked', () => {
    expect(gapsOf('pnpm', asked, { more: { '.pnpmfile.cjs': '' } })).toEqual([]);
  });

  it('of what Bun makes of the lockfile of another client', () => {
    expect(gapsOf('bun', asked, { lock: lockfiles.npm(false) })).toEqual([]);
  });

  it('of a folder of pnpm that the lockfile does not name: it may have one of its own', () => {
    const more = {
      'pnpm-workspace.yaml': 'packages: ["apps/*"]\n',
      'apps/web/package.json': JSON.stringify({ name: 'web', dependencies: { left: '1.0.0' } }),
    };
    expect(gapsOf('pnpm', { dependencies: { '@acme/lib': '^1.0.0' } }, { more })).toEqual([]);
  });
});
