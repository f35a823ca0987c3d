import { describe, expect, it } from 'vitest';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, lockfile, rc, situation, tarballUrl } from '../scenarios/situation.ts';

const token = 'glpat-abcdefghij0123456789';
const dependencies = { '@acme/ui': '^1.0.0' };
const plain = tarballUrl(324, '@acme/ui', '1.0.0');
const withUser = plain.replace('//', `//oauth2:${token}@`);

async function told(parts: Partial<Parameters<typeof situation>[0]>) {
  const { report, text } = await play(
    situation({
      name: 'token-in-address',
      story: 'a lockfile names a tarball with a token',
      expected: { verdict: 'pass', exitCode: 0, findings: [] },
      gitlab: friends(),
      npmrc: rc.instance + rc.key,
      ...parts,
    }),
  );
  const found = report.findings.filter(({ code }) => code === 'NP115');
  return { found, text };
}

const npm = (resolved: string) => lockfile(dependencies, { '@acme/ui': { version: '1.0.0', resolved } });
const yarn = (resolved: string) =>
  `# yarn lockfile v1\n\n"@acme/ui@^1.0.0":\n  version "1.0.0"\n  resolved "${resolved}"\n`;
const pnpm = (tarball: string) =>
  `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      '@acme/ui':\n        specifier: ^1.0.0\n        version: 1.0.0\npackages:\n  '@acme/ui@1.0.0':\n    resolution: {integrity: sha512-a, tarball: '${tarball}'}\nsnapshots:\n  '@acme/ui@1.0.0': {}\n`;

const locks = [
  ['package-lock.json', npm, { name: 'npm', version: '10.9.2' }],
  ['yarn.lock', yarn, { name: 'yarn', version: '1.22.22' }],
  ['pnpm-lock.yaml', pnpm, { name: 'pnpm', version: '9.15.9' }],
] as const;

describe.each(locks)('an address of %s', (file, lock, client) => {
  it.each([
    ['before its host', withUser],
    ['in its query', `${plain}?private_token=${token}`],
  ])('with a token %s is told, and the token never', async (_, address) => {
    const { found, text } = await told({ client, files: { [file]: lock(address) } });
    expect(found.map(findingLine)).toEqual(['warning NP115 confirmed']);
    expect(found[0]?.title).toBe(`${file} holds a literal token in the address of @acme/ui`);
    expect(found[0]?.location?.file).toBe(file);
    expect(JSON.stringify(found) + text).not.toContain(token);
  });

  it.each([
    ['alone', plain],
    ['with a name', plain.replace('//', '//alice@')],
    ['with another query', `${plain}?ref=main`],
  ])('%s is none of it', async (_, address) => {
    expect((await told({ client, files: { [file]: lock(address) } })).found).toEqual([]);
  });
});

it('counts the others of the same lockfile', async () => {
  const { found } = await told({
    files: {
      'package-lock.json': lockfile(dependencies, {
        '@acme/ui': { version: '1.0.0', resolved: withUser, dependencies: { '@acme/lib': '1.0.0' } },
        '@acme/lib': { version: '1.0.0', resolved: withUser.replaceAll('ui', 'lib') },
      }),
    },
  });
  expect(found.map(({ title }) => title)).toEqual([
    'package-lock.json holds a literal token in the address of @acme/ui and 1 more',
  ]);
});
