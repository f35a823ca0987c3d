import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ClientName } from '../../src/domain/client.ts';
import { githubTarballUrl } from '../../src/simulator/github/registry-routes.ts';
import { applyRemedy } from '../scenarios/apply-remedy.ts';
import {
  githubLock,
  githubRc,
  githubTokens,
  onGitHub,
  openGitHub,
  workflowFile,
} from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';

const registry = 'https://npm.pkg.github.com';
const github = openGitHub();
const [held] = github.packages;
const tarball = held === undefined ? '' : githubTarballUrl(`${registry}/`, held);

/** The lockfile of a checkout whose `@acme/ui` was locked where its scope was mapped to GitHub. */
const locks: Readonly<Record<ClientName, Readonly<Record<string, string>>>> = {
  npm: { 'package-lock.json': githubLock(github) },
  pnpm: {
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      '@acme/ui':\n        specifier: ^1.0.0\n        version: 1.4.0\npackages:\n  '@acme/ui@1.4.0':\n    resolution: {tarball: ${tarball}}\nsnapshots:\n  '@acme/ui@1.4.0': {}\n`,
  },
  yarn: {
    'yarn.lock': `# yarn lockfile v1\n\n\n"@acme/ui@^1.0.0":\n  version "1.4.0"\n  resolved "${tarball}#${tarball.slice(-40)}"\n`,
  },
  'yarn-berry': {
    'yarn.lock': `__metadata:\n  version: 8\n\n"@acme/ui@npm:^1.0.0":\n  version: 1.4.0\n  resolution: "@acme/ui@npm:1.4.0::__archiveUrl=${encodeURIComponent(tarball)}"\n  languageName: node\n  linkType: hard\n\n"my-project@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "my-project@workspace:."\n  dependencies:\n    "@acme/ui": "npm:^1.0.0"\n  languageName: unknown\n  linkType: soft\n`,
  },
  bun: {
    'bun.lock': `${JSON.stringify({ lockfileVersion: 1, workspaces: { '': { name: 'my-project', dependencies: { '@acme/ui': '^1.0.0' } } }, packages: { '@acme/ui': ['@acme/ui@1.4.0', tarball, {}, ''] } })}\n`,
  },
};

const versions = { npm: '10.9.2', pnpm: '10.34.9', yarn: '1.22.22', 'yarn-berry': '4.9.1', bun: '1.3.0' };
const berryKey = `npmRegistries:\n  "${registry}":\n    npmAuthToken: "\${NODE_AUTH_TOKEN-}"\n`;

/** A locked checkout with these lines of configuration in the user's file. */
function locked(name: ClientName, lines: string) {
  const client = { name, version: versions[name] };
  return onGitHub({
    name: 'locked at GitHub',
    story: 'what leads there is the lockfile',
    expected: { verdict: 'fail', exitCode: 1, findings: [] },
    github,
    client,
    npmrc: '',
    home: { [name === 'yarn-berry' ? '.yarnrc.yml' : '.npmrc']: lines },
    files: { ...locks[name], ...(name === 'yarn-berry' ? { '.yarnrc.yml': 'nodeLinker: pnp\n' } : {}) },
  });
}

const lending: readonly ClientName[] = ['yarn', 'yarn-berry', 'bun'];
const keyFor = (name: ClientName) => (name === 'yarn-berry' ? berryKey : githubRc.key);

describe('a lockfile that leads to GitHub, and a key for it', () => {
  it.each(lending)('lack the line of the scope alone with %s', async (name) => {
    const world = locked(name, keyFor(name));
    const { report } = await play(world);
    expect(report.findings.map(findingLine)).toEqual(['NP101 confirmed: @acme/ui@1.4.0']);
    const [finding] = report.findings;
    expect(finding?.remedy.edit?.after).not.toContain('oken');
    const mended = finding && applyRemedy(world, finding);
    expect(mended && (await play(mended)).report.verdict).toBe('pass');
    expect((await play({ ...world, command: 'run' })).report.verdict).toBe('pass');
  });

  it.each(lending)('keep the token that they have when the step writes the line for %s', async (name) => {
    const given = locked(name, keyFor(name));
    const other = {
      ...given,
      command: 'run' as const,
      env: { ...given.env, GITHUB_TOKEN: githubTokens.app },
    };
    const { report, world } = await play(other);
    expect(report.verdict).toBe('pass');
    const written = world.files.read(
      resolve('/home/runner', name === 'yarn-berry' ? '.yarnrc.yml' : '.npmrc'),
    );
    expect(JSON.stringify(written)).not.toContain('{GITHUB_TOKEN');
  });

  it('work with Yarn 4 where the line is there, and nothing is written', async () => {
    const given = locked(
      'yarn-berry',
      `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n${berryKey}`,
    );
    const other = {
      ...given,
      command: 'run' as const,
      env: { ...given.env, GITHUB_TOKEN: githubTokens.app },
    };
    const { report, world } = await play(other);
    expect(report.verdict).toBe('pass');
    expect(world.files.read(resolve('/home/runner/.yarnrc.yml'))).toEqual({
      kind: 'text',
      text: given.home['.yarnrc.yml'],
    });
  });

  it.each<ClientName>(['npm', 'pnpm'])('are enough for %s', async (name) => {
    expect((await play(locked(name, githubRc.key))).report.verdict).toBe('pass');
  });

  it.each(lending)('are missing both with %s where nothing is configured', async (name) => {
    const { report } = await play(locked(name, ''));
    expect(report.findings.map(findingLine)).toEqual(['NP102 confirmed: @acme/ui@1.4.0']);
  });

  it('are kept apart by an owner behind the host', async () => {
    const lines = `@acme:registry=${registry}/acme\n${githubRc.key}`;
    const { report } = await play(locked('yarn', lines));
    expect(report.findings.map(findingLine)).toEqual(['NP120 confirmed: @acme/ui@1.4.0']);
  });

  it('are kept apart by an owner behind the host where the variable is empty too', async () => {
    const lines = `@acme:registry=${registry}/acme\n${githubRc.key}`;
    const { files, ...world } = locked('yarn', lines);
    const { 'yarn.lock': _lock, ...unlocked } = files;
    const empty = { ...world, files: unlocked, env: { ...world.env, NODE_AUTH_TOKEN: '' } };
    const found = (await play(empty)).report.findings.map(findingLine);
    expect(found).toContain('NP120 confirmed: @acme/ui@^1.0.0');
    expect(found.join()).not.toContain('NP102');
  });

  it('leave the disagreement to the lockfile where the scope has a registry of its own', async () => {
    const lines = `@acme:registry=https://npm.packages.test/\n${githubRc.key}`;
    const { report } = await play(locked('yarn', lines));
    expect(report.findings.map(findingLine)).toEqual(['NP111 confirmed: @acme/ui@1.4.0']);
  });
});

describe('a scope that is mapped to another host than its locked package', () => {
  const elsewhere = '@acme:registry=https://npm.packages.test/\n';

  it('is no cause where a key for the locked host has a variable without a value', async () => {
    const { report } = await play(
      locked('npm', `${elsewhere}//npm.pkg.github.com/:_authToken=\${NPM_TOKEN}\n`),
    );
    expect(report.findings.map(findingLine)).toEqual(['NP105 confirmed: @acme/ui@1.4.0']);
  });

  it('is the cause where nothing else names that host', async () => {
    const { report } = await play(locked('npm', elsewhere));
    expect(report.findings.map(findingLine)).toEqual(['NP111 confirmed: @acme/ui@1.4.0']);
  });
});

describe('a refusal in the words of a missing permission', () => {
  const refusing = openGitHub().workflowToken(githubTokens.workflow, {
    repository: 'acme/shop',
    packages: 'none',
  });
  const permissions = 'permissions:\n  contents: read\n  packages: read\n';
  const told = (token: string) =>
    onGitHub({
      name: 'words of a missing permission',
      story: 'the file of the checkout grants what the file of the run did not',
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
      github: refusing,
      workflow: workflowFile({ permissions, token }),
    });

  it('leaves both causes to a token that may be either', async () => {
    const { report } = await play(told('${{ secrets.PACKAGES_TOKEN || github.token }}'));
    expect(report.findings.map(findingLine)).toEqual([
      'NP203 possible: @acme/ui@^1.0.0 | workflow-permission-missing',
    ]);
  });

  it('is for an App where a step made the token', async () => {
    const { report } = await play(told('${{ steps.app.outputs.token }}'));
    expect(report.findings.map(findingLine)).toEqual(['NP203 confirmed: @acme/ui@^1.0.0']);
  });
});
