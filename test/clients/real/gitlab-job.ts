import * as fs from 'node:fs';
import { join } from 'node:path';
import { jobVariables } from '../../../src/demo/scenario.ts';
import { gitlab } from '../../../src/simulator/gitlab.ts';
import { type RunningGitLab, startGitLab } from '../../../src/simulator/start-gitlab.ts';
import {
  type RunningPublicRegistry,
  startPublicRegistry,
} from '../../../src/simulator/start-public-registry.ts';
import { type HttpsLab, labHost, openHttpsLab } from '../../support/https-lab.ts';
import { trustVariables } from '../../support/https-lab-trust.ts';
import { type Ran, runProgram } from '../../support/run-program.ts';
import { temporaryFolder, writeTree } from '../../support/temporary-tree.ts';
import { publicVariables, quietVariables } from './client-variables.ts';
import type { RealClient } from './real-client.ts';

export const token = 'glcbt-64_the-job-token-of-these-tests';
const bundle = join(import.meta.dirname, '..', '..', '..', 'dist', 'index.js');

/** Addresses of a running GitLab and a public registry, as configurations name them. */
export interface Addresses {
  /** `http://host:port` or `https://gitlab.test`, followed by the relative root. */
  url: string;
  api: string;
  host: string;
  /** Empty for the default port. */
  port: string;
  /** `//host:port` and the relative root. */
  key: string;
  instance: string;
  group: string;
  /** The npm route of a project by id, with its final slash. */
  project(id: number): string;
  publicRegistry: string;
}

/** A GitLab and a public registry on loopback that many jobs may ask. With `lab`, they know GitLab by its address there. */
export interface Servers {
  gitlab: RunningGitLab;
  publicRegistry: RunningPublicRegistry;
  lab: HttpsLab | null;
  at: Addresses;
  close(): Promise<void>;
}

/**
 * A GitLab with the project `acme/shop` (512), whose job may read `@acme/ui`, `@design/ui` and `@kit/ui` in `acme/ui` (324). Each of
 * them needs its `tokens` in `acme/tokens` (325): `@acme/tokens`, `@design/tokens`, `@parts/tokens`. `left` is public, and GitLab
 * forwards requests for what it does not have. With 'https' it stands behind nginx at `https://gitlab.test`.
 */
export async function startServers(
  relativeRoot: string,
  scheme: 'http' | 'https' = 'http',
): Promise<Servers> {
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
  const running = await startGitLab(model, {
    publicRegistry: publicRegistry.url,
    ...(scheme === 'https' && { externalUrl: `https://${labHost}${relativeRoot}` }),
  });
  const stop = async () => void (await Promise.all([running.close(), publicRegistry.close()]));
  if (scheme === 'http') {
    const at = addresses(running.url, publicRegistry.url);
    return { gitlab: running, publicRegistry, lab: null, at, close: stop };
  }
  const lab = await openHttpsLab(new URL(running.url).origin).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    gitlab: running,
    publicRegistry,
    lab,
    at: addresses(`https://${labHost}${relativeRoot}`, publicRegistry.url),
    close: async () => void (await Promise.all([lab.close(), stop()])),
  };
}

/** The addresses of a GitLab at a URL (relative root included), and of the public registry beside it. */
export function addresses(url: string, publicRegistry: string): Addresses {
  const { host, hostname, port, pathname } = new URL(url);
  const api = `${url}/api/v4`;
  return {
    url,
    api,
    host: hostname,
    port,
    key: `//${host}${pathname.replace(/\/$/, '')}`,
    instance: `${api}/packages/npm/`,
    group: `${api}/groups/acme/-/packages/npm/`,
    project: (id) => `${api}/projects/${id}/packages/npm/`,
    publicRegistry: `${publicRegistry}/`,
  };
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
  /** Runs the real client with an empty cache and without node_modules. */
  client(...args: readonly string[]): Promise<Ran>;
  /** The same. */
  npm(...args: readonly string[]): Promise<Ran>;
  remove(): void;
}

/**
 * Lays a job down. For the client variables put the public registry on loopback in the place of the real one; the bundle, which never
 * asks the public registry, does not see them. Both trust the laboratory's authority, unless `env` says otherwise.
 * `ownDefault`: the configuration sets the default registry itself.
 */
export function layJob(
  { id, node, bin, run }: RealClient,
  { at, lab }: Pick<Servers, 'at' | 'lab'>,
  files: JobFiles,
): Job {
  const folder = temporaryFolder();
  const checkout = join(folder, 'checkout');
  const home = join(folder, 'home');
  const cache = join(folder, 'cache');
  for (const place of [checkout, home, join(folder, 'tmp')]) fs.mkdirSync(place);
  writeTree(checkout, files.checkout);
  writeTree(home, files.home ?? {});
  const variables = {
    PATH: bin,
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
    ...quietVariables(id, cache),
    ...(lab && trustVariables(lab.authority)),
    ...files.env,
  };
  const env = Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const elsewhere = files.ownDefault ? {} : publicVariables(id, at.publicRegistry, lab !== null);
  const start = (program: { command: string; args: readonly string[] }, more = {}) => {
    const { command, args } = lab?.inside({ ...program, cwd: checkout }) ?? program;
    return runProgram(command, args, { cwd: checkout, env: { ...env, ...more } });
  };
  const client = (...args: readonly string[]) => {
    fs.rmSync(cache, { recursive: true, force: true });
    fs.rmSync(join(checkout, 'node_modules'), { recursive: true, force: true });
    return start(run(args), elsewhere);
  };
  return {
    folder,
    checkout,
    home,
    preflight: (...args) => start({ command: node, args: [bundle, ...args] }),
    client,
    npm: client,
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
