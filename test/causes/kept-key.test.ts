import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { play } from '../scenarios/play.ts';
import { friends, lockfile, rc, situation, strangers, tarballUrl, url } from '../scenarios/situation.ts';

const host = '//gitlab.example.com/api/v4';
const publishing = `${host}/projects/999/packages/npm/:_authToken=\${PUBLISH_TOKEN}\n`;
const variables = { PUBLISH_TOKEN: 'glpat-that-publishes-elsewhere' };
const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;

type Parts = Omit<Parameters<typeof situation>[0], 'name' | 'story' | 'expected' | 'gitlab'> & {
  gitlab?: ReturnType<typeof friends>;
};

/** The errors of a run, each with its certainty and packages. */
async function errorsOf(parts: Parts) {
  const { report } = await play(
    situation({ name: 'kept', story: 'a key is kept back', gitlab: friends(), expected, ...parts }),
  );
  return report.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, certainty, packages }) => `${code} ${certainty}: ${packages.join(', ')}`);
}

const client = (name: ClientName, version: string) => ({ client: { name, version } });
const pnpm = client('pnpm', '11.28.11');
const berry = client('yarn-berry', '4.9.4');
const yarnrc = `npmScopes:\n  acme:\n    npmRegistryServer: "${url}/api/v4/packages/npm/"\n`;

describe('a key that the client does not take', () => {
  it.each<[string, string, Parts]>([
    ['NP106', 'a reference in a file of the project', { ...pnpm, npmrc: `${rc.instance}${rc.key}` }],
    ['NP107', 'a file of a member', { npmrc: rc.instance, files: { 'packages/a/.npmrc': rc.key } }],
    ['NP107', 'a file of another client', { ...berry, npmrc: rc.key, files: { '.yarnrc.yml': yarnrc } }],
    ['NP109', 'a misspelt field', { npmrc: `${rc.instance}${rc.key.replace('authToken', 'authtoken')}` }],
  ])('is %s where it would be sent: %s', async (code, _what, parts) => {
    expect(await errorsOf(withMembers(parts))).toEqual([`${code} confirmed: @acme/ui@^1.0.0`]);
  });

  it.each<[string, Parts]>([
    ['a reference', { ...pnpm, npmrc: `${rc.instance}${publishing}` }],
    ['a file of a member', { npmrc: rc.instance, files: { 'packages/a/.npmrc': publishing } }],
    ['a file of another client', { ...berry, npmrc: publishing, files: { '.yarnrc.yml': yarnrc } }],
    ['a misspelt field', { npmrc: `${rc.instance}${publishing.replace('authToken', 'authtoken')}` }],
    ['no value', { npmrc: `${rc.instance}${publishing.replace('${PUBLISH_TOKEN}', '')}` }],
  ])('is not to blame where it is for publishing another project: %s', async (_what, parts) => {
    expect(await errorsOf(withMembers({ ...parts, variables }))).toEqual([
      'NP102 confirmed: @acme/ui@^1.0.0',
    ]);
  });

  it('is to blame for the packages alone that the token gets', async () => {
    const names = ['@acme/ui', '@acme/icons'];
    const gone = { project: 325, name: '@acme/icons' };
    const found = await errorsOf({
      ...client('pnpm', '10.34.9'),
      npmrc: `${rc.instance}${rc.key}`,
      dependencies: Object.fromEntries(names.map((name) => [name, '1.4.0'])),
      files: {
        'pnpm-lock.yaml': pnpmLock([{ project: 324, name: '@acme/ui' }, gone]),
      },
    });
    expect(found).toContain('NP106 confirmed: @acme/ui@1.4.0');
    expect(found.filter((one) => one.includes('NP106') && one.includes(gone.name))).toEqual([]);
    expect(found.some((one) => one.includes(gone.name))).toBe(true);
  });
});

describe('of a public project that lacks the version', () => {
  const gitlab = friends()
    .project('acme/open', { id: 103, visibility: 'public', registry: 'public' })
    .package('acme/open', '@acme/open', '1.0.0');
  const dependencies = { '@acme/open': '2.0.0' };
  const locked = { version: '2.0.0', resolved: tarballUrl(103, '@acme/open', '2.0.0') };

  it.each<[string, Parts]>([
    [
      'a reference',
      {
        ...client('pnpm', '10.34.9'),
        npmrc: `${rc.instance}${rc.key}`,
        files: { 'pnpm-lock.yaml': pnpmLock([{ project: 103, name: '@acme/open', version: '2.0.0' }]) },
      },
    ],
    [
      'a file of a member',
      {
        npmrc: rc.instance,
        lock: lockfile(dependencies, { '@acme/open': locked }),
        files: { 'packages/a/.npmrc': rc.key },
      },
    ],
    [
      'a user and password',
      {
        npmrc: `${rc.instance}//gitlab.example.com/:_auth=YTpi\n`,
        lock: lockfile(dependencies, { '@acme/open': locked }),
      },
    ],
  ])('no key is needed: %s', async (_what, parts) => {
    expect(await errorsOf(withMembers({ gitlab, dependencies, ...parts }))).toEqual([
      'NP502 confirmed: @acme/open@2.0.0',
    ]);
  });
});

/** A checkout with the member packages/a where a file stands in it. */
function withMembers(parts: Parts): Parts {
  const { files = {}, dependencies = { '@acme/ui': '^1.0.0' } } = parts;
  if (!('packages/a/.npmrc' in files)) return parts;
  const root = {
    name: 'my-project',
    version: '1.0.0',
    private: true,
    workspaces: ['packages/*'],
    dependencies,
  };
  return {
    ...parts,
    files: {
      ...files,
      'package.json': JSON.stringify(root),
      'packages/a/package.json': JSON.stringify({ name: 'a', version: '1.0.0' }),
    },
  };
}

function pnpmLock(packages: readonly { project: number; name: string; version?: string }[]): string {
  const all = packages.map(({ project, name, version = '1.4.0' }) => ({
    name,
    version,
    tarball: tarballUrl(project, name, version),
  }));
  return [
    "lockfileVersion: '9.0'",
    'importers:',
    '  .:',
    '    dependencies:',
    ...all.map(
      ({ name, version }) => `      '${name}':\n        specifier: ${version}\n        version: ${version}`,
    ),
    'packages:',
    ...all.map(
      ({ name, version, tarball }) => `  '${name}@${version}':\n    resolution: {tarball: ${tarball}}`,
    ),
    'snapshots:',
    ...all.map(({ name, version }) => `  '${name}@${version}': {}`),
    '',
  ].join('\n');
}

describe('a user and password', () => {
  const npmrc = `${rc.instance}${host}/:_auth=\${NPM_AUTH}\n`;
  const auth = { NPM_AUTH: Buffer.from('gitlab-ci-token:x').toString('base64') };

  it('are to blame where the token alone is let in', async () => {
    expect(await errorsOf({ npmrc, variables: auth })).toEqual(['NP203 confirmed: @acme/ui@^1.0.0']);
  });

  it('are so where nobody is understood to ask, whatever the token may do', async () => {
    expect(await errorsOf({ gitlab: strangers(), npmrc, variables: auth })).toEqual([
      'NP203 confirmed: @acme/ui@^1.0.0',
    ]);
  });
});
