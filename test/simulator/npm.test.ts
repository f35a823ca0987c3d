import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';
import { type RunningGitLab, startGitLab } from '../../src/simulator/start-gitlab.ts';
import { startPublicRegistry } from '../../src/simulator/start-public-registry.ts';

/** `@acme/lib` in one project depends on `@acme/base` in another; the consumer is allowed in both. */
const world = gitlab({ version: '18.5' })
  .project('acme/lib', { id: 324 })
  .project('acme/deep/base', { id: 325 })
  .project('flashcake/app', { id: 512 })
  .allow('acme/lib', 'flashcake/app')
  .allow('acme/deep/base', 'flashcake')
  .member('alice', 'reporter', 'acme')
  .jobToken('job-token', { project: 'flashcake/app', user: 'alice' })
  .personalToken('maintainer-token', { user: 'maria' })
  .member('maria', 'maintainer', 'acme')
  .package('acme/lib', '@acme/lib', '1.0.0', { dependencies: { '@acme/base': '^2.0.0' } })
  .package('acme/lib', '@acme/mixed', '1.0.0', { dependencies: { '@tools/base': '2.1.0' } })
  .package('acme/deep/base', '@acme/base', '2.1.0')
  .package('acme/deep/base', '@tools/base', '2.1.0');

let home = '';
const cleanUp: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'simulator-npm-'));
  cleanUp.push(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

describe('npm installs', () => {
  test.each(['/packages/npm/', '/groups/acme/-/packages/npm/'])(
    'from %s, with a dependency in another project',
    async (prefix) => {
      const server = await start(world);
      await project(server, { '@acme/lib': '^1.0.0' }, { '@acme': prefix });
      expect(await npm(['install'])).toMatchObject({ code: 0 });
      expect(await installed('@acme/base')).toBe('2.1.0');
      expect(
        server.requests.map((one) => one.status).filter((status) => status >= 400 && status !== 404),
      ).toEqual([]);
    },
  );

  test('from project prefixes', async () => {
    const server = await start(world);
    await project(
      server,
      { '@acme/mixed': '1.0.0' },
      {
        '@acme': '/projects/324/packages/npm/',
        '@tools': '/projects/acme%2Fdeep%2Fbase/packages/npm/',
      },
    );
    expect(await npm(['install'])).toMatchObject({ code: 0 });
    expect(await installed('@tools/base')).toBe('2.1.0');
  });

  test('below a relative root, out of object storage, and again from the lockfile', async () => {
    const server = await start(world.set({ relativeRoot: '/gitlab', objectStorage: true }));
    await project(server, { '@acme/lib': '^1.0.0' }, { '@acme': '/packages/npm/' });
    expect(await npm(['install'])).toMatchObject({ code: 0 });
    const lock = await readFile(join(home, 'app', 'package-lock.json'), 'utf8');
    expect(lock).toContain(`"${server.apiUrl}/projects/324/packages/npm/@acme/lib/-/@acme/lib-1.0.0.tgz"`);
    expect(await npm(['ci'])).toMatchObject({ code: 0 });
    expect(server.storageRequests.every((one) => one.authorization === 'none' && one.status === 200)).toBe(
      true,
    );
  });

  test('a public package that GitLab forwards', async () => {
    const registry = await startPublicRegistry([{ name: 'left-over', version: '3.0.0' }]);
    cleanUp.push(registry.close);
    const server = await start(world, registry.url);
    await project(server, { 'left-over': '^3.0.0', '@acme/lib': '1.0.0' }, { '': '/packages/npm/' });
    expect(await npm(['install'])).toMatchObject({ code: 0 });
    expect(await installed('left-over')).toBe('3.0.0');
    expect(registry.requests.length).toBeGreaterThan(0);
  });

  test('not without an entry on the allowlist', async () => {
    const server = await start(
      world.project('flashcake/other').jobToken('job-token', { project: 'flashcake/other', user: 'alice' }),
    );
    await project(server, { '@acme/lib': '^1.0.0' }, { '@acme': '/packages/npm/' });
    const { code, output } = await npm(['install']);
    expect(code).not.toBe(0);
    expect(output).toContain('E403');
  });
});

test('npm publishes, tags, deprecates and takes a tag away', async () => {
  const server = await start(world);
  await project(server, {}, { '@acme': '/projects/324/packages/npm/' }, 'maintainer-token');
  await save('app/package.json', JSON.stringify({ name: '@acme/fresh', version: '1.2.3' }));
  expect(await npm(['publish'])).toMatchObject({ code: 0 });
  const again = await npm(['publish']);
  expect(again.code).not.toBe(0);
  expect(await npm(['dist-tag', 'add', '@acme/fresh@1.2.3', 'next'])).toMatchObject({ code: 0 });
  expect(await npm(['deprecate', '@acme/fresh@1.2.3', 'use another'])).toMatchObject({ code: 0 });
  const { output } = await npm(['view', '@acme/fresh', '--json']);
  expect(JSON.parse(output)).toMatchObject({
    version: '1.2.3',
    deprecated: 'use another',
    'dist-tags': { latest: '1.2.3', next: '1.2.3' },
  });
  expect(await npm(['dist-tag', 'rm', '@acme/fresh', 'next'])).toMatchObject({ code: 0 });
  expect(server.store.model.tags.some((one) => one.tag === 'next')).toBe(false);
  await save('app/package.json', JSON.stringify({ name: 'app', dependencies: { '@acme/fresh': '1.2.3' } }));
  expect(await npm(['install'])).toMatchObject({ code: 0 });
});

async function start(model: GitLabBuilder, publicRegistry?: string): Promise<RunningGitLab> {
  const server = await startGitLab(model, publicRegistry === undefined ? {} : { publicRegistry });
  cleanUp.push(server.close);
  return server;
}

/** A project whose scopes (`''`: everything) are asked at the given paths below the API's URL. */
async function project(
  server: RunningGitLab,
  dependencies: Record<string, string>,
  scopes: Record<string, string>,
  token = 'job-token',
): Promise<void> {
  const keys = ['/projects/', ...Object.values(scopes)].map(
    (path) => `${server.apiUrl.replace('http:', '')}${path}:_authToken=${token}`,
  );
  const lines = Object.entries(scopes).map(
    ([scope, path]) => `${scope === '' ? '' : `${scope}:`}registry=${server.apiUrl}${path}`,
  );
  await save('app/.npmrc', [...lines, ...keys, ''].join('\n'));
  await save('app/package.json', JSON.stringify({ name: 'app', version: '1.0.0', dependencies }));
}

async function save(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), text);
}

async function installed(name: string): Promise<unknown> {
  const text = await readFile(join(home, 'app', 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: unknown }).version;
}

/** Runs the npm on PATH in the project, with nothing of this machine's configuration. */
function npm(parameters: readonly string[]): Promise<{ code: number; output: string }> {
  const { PATH = '', SystemRoot = '', ComSpec = '' } = process.env;
  const env = {
    PATH,
    SystemRoot,
    ComSpec,
    HOME: home,
    USERPROFILE: home,
    npm_config_cache: join(home, 'cache'),
    npm_config_userconfig: join(home, 'none'),
    npm_config_globalconfig: join(home, 'none-global'),
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    npm_config_fetch_retries: '0',
  };
  return new Promise((resolve) => {
    const options = { cwd: join(home, 'app'), env, shell: process.platform === 'win32' };
    execFile('npm', parameters, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, output: stdout === '' ? stderr : code === 0 ? stdout : stdout + stderr });
    });
  });
}
