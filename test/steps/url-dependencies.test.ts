import { describe, expect, it } from 'vitest';
import { reportOfShop, type Told, url } from './shop.ts';

const tarball = (version: string) =>
  `${url}/api/v4/projects/101/packages/npm/@acme/lib/-/@acme/lib-${version}.tgz`;

/** Each package with what becomes of it, and the findings. */
async function told(world: Told, name = '@acme/lib', address = tarball('1.0.0')) {
  const { packages, findings } = await reportOfShop({ ...world, dependencies: { [name]: address } });
  return {
    packages: packages.map((one) => `${one.name} ${one.status}`),
    findings: findings.map(({ code, severity, certainty }) => `${severity} ${code} ${certainty}`),
  };
}

const warning = 'warning NP114 confirmed';

describe('a dependency that is the address of a tarball', () => {
  it.each(['npm', 'pnpm', 'yarn'] as const)('%s sends it what the keys say', async (client) => {
    expect(await told({ client })).toEqual({ packages: ['@acme/lib ok'], findings: [warning] });
    const gone = await told({ client }, '@acme/lib', tarball('3.0.0'));
    expect(gone).toEqual({ packages: ['@acme/lib failed'], findings: ['error NP502 confirmed', warning] });
  });

  it.each(['yarn-berry', 'bun'] as const)('%s sends it nothing', async (client) => {
    const error = ['error NP114 confirmed'];
    expect(await told({ client })).toEqual({ packages: ['@acme/lib failed'], findings: error });
    expect(await told({ client }, 'lib')).toEqual({ packages: ['lib failed'], findings: error });
    const open = { visibility: 'public' } as const;
    expect(await told({ client, project: open })).toEqual({
      packages: ['@acme/lib ok'],
      findings: [warning],
    });
  });

  it.each([
    ['another server', 'https://files.example/lib-1.0.0.tgz', []],
    ['a user of its own', tarball('1.0.0').replace('//', '//me:secret@'), [warning]],
    ['an archive of the repository', `${url}/api/v4/projects/101/repository/archive.tar.gz`, [warning]],
  ])('is not asked at %s', async (_what, address, findings) => {
    expect(await told({}, '@acme/lib', address)).toEqual({ packages: [], findings });
  });
});

describe('what such a tarball needs', () => {
  const address = tarball('1.0.0').replaceAll('@acme/lib', '@acme/app');
  const app = { dependencies: { '@acme/gone': '^1.0.0', '@acme/lib': '^1.0.0' } };

  it.each(['npm', 'pnpm', 'yarn'] as const)('%s asks for it, and so is it here', async (client) => {
    const { packages } = await told({ client, app }, '@acme/app', address);
    expect(packages).toEqual(['@acme/app ok', '@acme/gone failed', '@acme/lib ok']);
  });

  it('is not asked for where it is refused itself', async () => {
    const { packages } = await told({ client: 'bun', app }, '@acme/app', address);
    expect(packages).toEqual(['@acme/app failed']);
  });
});
