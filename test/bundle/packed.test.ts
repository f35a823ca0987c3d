import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobVariables, manifest } from '../../src/demo/scenario.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder, writeTree } from '../support/temporary-tree.ts';
import { dist, token } from './programs.ts';

const root = dirname(dist);
const folder = temporaryFolder();
const project = join(folder, 'project');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
/** Nothing of this machine: an empty home, an npm that asks nobody. */
const env = {
  PATH: process.env.PATH ?? '',
  HOME: join(folder, 'home'),
  USERPROFILE: join(folder, 'home'),
  npm_config_cache: join(folder, 'cache'),
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
};
const bin = join(
  project,
  'node_modules',
  '.bin',
  process.platform === 'win32' ? 'npmrc-preflight.cmd' : 'npmrc-preflight',
);
let packed: readonly string[] = [];

beforeAll(async () => {
  for (const path of [env.HOME, project]) mkdirSync(path, { recursive: true });
  const pack = await runProgram(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    env,
  });
  if (pack.code !== 0) throw new Error(pack.stderr);
  const [{ files }] = JSON.parse(pack.stdout) as [{ files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  writeTree(project, { 'package.json': '{}' });
  const install = await runProgram(npm, ['install', '--no-audit', '--no-fund', join(folder, archive)], {
    cwd: project,
    env,
  });
  if (install.code !== 0) throw new Error(install.stderr);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  runProgram(bin, args, { cwd: project, env: { ...env, ...more } });

describe('the packed package', () => {
  it('holds what it needs and what its documents speak of, and no sources or tests', () => {
    const needed = [
      'package.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      ...readdirSync(dist).map((name) => `dist/${name}`),
    ];
    for (const name of ['action.yml', 'templates', 'schema']) {
      const path = join(root, name);
      if (!existsSync(path)) continue;
      needed.push(...(name.endsWith('.yml') ? [name] : readdirSync(path).map((file) => `${name}/${file}`)));
    }
    expect(needed.filter((path) => !packed.includes(path))).toEqual([]);
    expect(packed.filter((path) => /^(?:src|test|scripts|node_modules|\.)/.test(path))).toEqual([]);
  });

  it('installs with nothing else', () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'npmrc-preflight',
    ]);
  });

  it('helps, explains and plays the demonstration by its own name', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, stderr: '' });
    const page = await run(['explain', 'NP301']);
    expect(page).toMatchObject({ code: 0, stderr: '' });
    expect(page.stdout).toContain('job token allowlist');
    const demo = await run(['demo']);
    expect(demo).toMatchObject({ code: 1, stderr: '' });
    expect(demo.stdout).toContain('error[NP301]');
  });

  it('runs in a job, and writes the configuration', async () => {
    const url = 'http://127.0.0.1:9';
    const job = jobVariables({
      url,
      version: '18.5.0',
      project: 'acme/shop',
      projectId: 512,
      user: 'alice',
      token,
    });
    const { dependencies } = JSON.parse(manifest({ '@acme/ui': '^1.0.0' })) as { dependencies: object };
    writeTree(project, { 'package.json': JSON.stringify({ dependencies }) });
    const ran = await run(['run', '--offline', '--client', 'npm@11.6.2'], {
      ...job,
      CI_PROJECT_DIR: project,
    });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('instance prefix');
  });
});
