import * as fs from 'node:fs';
import { join } from 'node:path';
import { jobVariables } from '../../../src/demo/scenario.ts';
import { gitlab } from '../../../src/simulator/gitlab.ts';
import { type RunningGitLab, startGitLab } from '../../../src/simulator/start-gitlab.ts';
import {
  type RunningPublicRegistry,
  startPublicRegistry,
} from '../../../src/simulator/start-public-registry.ts';
import { type Ran, runProgram } from '../../support/run-program.ts';
import { temporaryFolder, writeTree } from '../../support/temporary-tree.ts';
import type { RealNpm } from './real-npm.ts';

export const token = 'glcbt-64_the-job-token-of-these-tests';
const bundle = join(import.meta.dirname, '..', '..', '..', 'dist', 'index.js');

/** Addresses of a running GitLab and a public registry, as configurations name them. */
export interface Addresses {
  /** `http://host:port`, followed by the relative root. */
  url: string;
  api: string;
  host: string;
  port: string;
  /** `//host:port` and the relative root. */
  key: string;
  instance: string;
  group: string;
  /** The npm route of a project by id, with its final slash. */
  project(id: number): string;
  publicRegistry: string;
}

/** A GitLab and a public registry on loopback that many jobs may ask. */
export interface Servers {
  gitlab: RunningGitLab;
  publicRegistry: RunningPublicRegistry;
  at: Addresses;
  close(): Promise<void>;
}

/**
 * A GitLab with the project `acme/shop` (512), whose job may read `@acme/ui`, `@design/ui` and `@kit/ui` in `acme/ui` (324). Each of
 * them needs its `tokens` in `acme/tokens` (325): `@acme/tokens`, `@design/tokens`, `@parts/tokens`. `left` is public, and GitLab
 * forwards requests for what it does not have.
 */
export async function startServers(relativeRoot: string): Promise<Servers> {
  const publicRegistry = await startPublicRegistry([{ name: 'left', version: '1.0.0' }]);
  const needs = (name: string) => ({ dependencies: { [name]: '^2.0.0' } });
  const model = gitlab({ version: '18.5', relativeRoot })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .project('acme/tokens', { id: 325 })
    .member('alice', 'developer', 'acme/shop')
    .member('alice', 'reporter', 'acme/ui')
    .member('alice', 'reporter', 'acme/tokens')
    .allow('acme/ui', 'acme/shop')
    .allow('acme/tokens', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@acme/ui', '1.4.0', needs('@acme/tokens'))
    .package('acme/ui', '@design/ui', '1.4.0', needs('@design/tokens'))
    .package('acme/ui', '@kit/ui', '1.4.0', needs('@parts/tokens'))
    .package('acme/tokens', '@acme/tokens', '2.1.0')
    .package('acme/tokens', '@design/tokens', '2.1.0')
    .package('acme/tokens', '@parts/tokens', '2.1.0');
  const running = await startGitLab(model, { publicRegistry: publicRegistry.url });
  const { host, hostname, port, pathname } = new URL(running.url);
  const key = `//${host}${pathname.replace(/\/$/, '')}`;
  const at: Addresses = {
    url: running.url,
    api: running.apiUrl,
    host: hostname,
    port,
    key,
    instance: `${running.apiUrl}/packages/npm/`,
    group: `${running.apiUrl}/groups/acme/-/packages/npm/`,
    project: (id) => `${running.apiUrl}/projects/${id}/packages/npm/`,
    publicRegistry: `${publicRegistry.url}/`,
  };
  const close = async () => void (await Promise.all([running.close(), publicRegistry.close()]));
  return { gitlab: running, publicRegistry, at, close };
}

/** What a job finds. Files by path; `env` adds to the job's variables, `null` takes one away. */
export interface JobFiles {
  checkout: Readonly<Record<string, string>>;
  home?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string | null>>;
  ownDefault?: boolean;
}

/** A job of `acme/shop` in a folder of its own: nothing of this machine's user or environment counts in it. */
export interface Job {
  folder: string;
  checkout: string;
  home: string;
  /** Runs the bundle. */
  preflight(...args: readonly string[]): Promise<Ran>;
  /** Runs the real npm with an empty cache and without node_modules. */
  npm(...args: readonly string[]): Promise<Ran>;
  remove(): void;
}

/**
 * Lays a job down. For npm a variable puts the public registry on loopback in the place of the real one; the bundle, which never asks
 * the public registry, does not see that variable. `ownDefault`: the configuration sets the default registry itself.
 */
export function layJob(npm: RealNpm, { at }: Pick<Servers, 'at'>, files: JobFiles): Job {
  const folder = temporaryFolder();
  const checkout = join(folder, 'checkout');
  const home = join(folder, 'home');
  for (const place of [checkout, home, join(folder, 'tmp')]) fs.mkdirSync(place);
  writeTree(checkout, files.checkout);
  writeTree(home, files.home ?? {});
  const variables = {
    PATH: npm.bin,
    HOME: home,
    USERPROFILE: home,
    TMPDIR: join(folder, 'tmp'),
    TEMP: join(folder, 'tmp'),
    ...jobVariables({
      url: at.url,
      version: '18.5.0',
      project: 'acme/shop',
      projectId: 512,
      user: 'alice',
      token,
    }),
    CI_PROJECT_DIR: checkout,
    npm_config_cache: join(folder, 'cache'),
    npm_config_fetch_retries: '0',
    ...files.env,
  };
  const env = Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return {
    folder,
    checkout,
    home,
    preflight: (...args) => runProgram(npm.node, [bundle, ...args], { cwd: checkout, env }),
    npm(...args) {
      fs.rmSync(join(folder, 'cache'), { recursive: true, force: true });
      fs.rmSync(join(checkout, 'node_modules'), { recursive: true, force: true });
      const elsewhere = files.ownDefault ? {} : { npm_config_registry: at.publicRegistry };
      return runProgram(npm.node, [npm.script, ...args], { cwd: checkout, env: { ...env, ...elsewhere } });
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
