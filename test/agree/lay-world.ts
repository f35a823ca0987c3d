import * as fs from 'node:fs';
import { join } from 'node:path';
import { type Job, layJob } from '../clients/real/gitlab-job.ts';
import { habits } from '../clients/real/good-configuration.ts';
import type { RealClient } from '../clients/real/real-client.ts';
import { runtimeClients } from '../support/runtime-clients.ts';
import { berryFiles } from './berry-files.ts';
import { bunFiles } from './bun-files.ts';
import { type ConfigFiles, npmrcFiles } from './npmrc-files.ts';
import { pnpmFiles } from './pnpm-files.ts';
import type { RandomWorld } from './random-world.ts';
import { healthy, startWorld, type WorldServer } from './world-servers.ts';

/** The files and variables of a world's configuration, for its client. */
export function configFiles(world: RandomWorld, { at }: WorldServer): ConfigFiles {
  if (world.client === 'yarn-3' || world.client === 'yarn-4') return berryFiles(world, at);
  const parts = [npmrcFiles(world, at)];
  if (world.client.startsWith('pnpm')) parts.push(pnpmFiles(world, at));
  if (world.client === 'bun') parts.push(bunFiles(world, at));
  return {
    files: Object.assign({}, ...parts.map(({ files }) => files)),
    env: Object.assign({}, ...parts.map(({ env }) => env)),
  };
}

/** The manifests of a world: one package, or a root with one workspace that asks. */
function manifests(
  { shape, kind, scope, declared, form }: RandomWorld,
  { command, version }: { command: string; version: string },
): Readonly<Record<string, string>> {
  const asks = {
    [kind]: form === 'alias' ? { ui: `npm:${scope}/ui@^1.0.0` } : { [`${scope}/ui`]: '^1.0.0' },
    ...(kind === 'dependencies' ? {} : { dependencies: {} }),
  };
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  const manager = declared ? { packageManager: `${command}@${version}` } : {};
  const root = { name: 'shop', version: '1.0.0', private: true, ...manager };
  return shape === 'single'
    ? { 'package.json': json({ ...root, ...asks }) }
    : {
        'package.json': json({ ...root, workspaces: ['apps/*'] }),
        'apps/web/package.json': json({ name: 'web', version: '1.0.0', private: true, ...asks }),
      };
}

/** Faults by which the configuration says itself what the default registry is. */
const ownDefaults: readonly string[] = [
  'default-registry',
  'default-registry-in-environment',
  'default-server',
];

/** Lays the job of a world down. Lockfiles are made by the client itself where everything is right, and kept for worlds alike. */
export async function layWorld(
  world: RandomWorld,
  server: WorldServer,
  client: RealClient,
  lockfiles: Lockfiles,
): Promise<Job> {
  const config = configFiles(world, server);
  const lock = await lockfiles.textFor(world, server, client);
  const files = {
    ...manifests(world, { command: runtimeClients[world.client].command, version: client.version }),
    ...config.files,
  };
  const own = (below: boolean) => Object.entries(files).filter(([path]) => path.startsWith('~/') === below);
  return layJob(
    client,
    { at: server.at, lab: null },
    {
      checkout: {
        ...Object.fromEntries(own(false)),
        ...(lock === null ? {} : { [habits[world.client].lockfile]: lock }),
      },
      home: Object.fromEntries(own(true).map(([path, text]) => [path.slice(2), text])),
      env: config.env,
      ownDefault: world.faults.some((fault) => ownDefaults.includes(fault)),
    },
  );
}

/** Lockfiles as each client writes them, by what they depend on. */
export interface Lockfiles {
  textFor(world: RandomWorld, server: WorldServer, client: RealClient): Promise<string | null>;
}

/** A store of lockfiles. */
export function keepLockfiles(publicRegistry: string): Lockfiles {
  const made = new Map<string, Promise<{ text: string; origin: string }>>();
  return {
    async textFor(world, { at }, client) {
      if (world.lock === 'none') return null;
      const { client: id, root, scope, transitive, shape, kind, form } = world;
      const key = JSON.stringify([id, root, scope, transitive, shape, kind, form]);
      const making = made.get(key) ?? makeLockfile(world, client, publicRegistry);
      made.set(key, making);
      const { text, origin } = await making;
      const here = moved(text, origin, new URL(at.url).origin);
      switch (world.lock) {
        case 'made':
          return here;
        case 'other-port':
          return moved(here, new URL(at.url).origin, `http://${at.host}:9`);
        case 'other-root':
          return root === ''
            ? moved(here, `${at.url}/api`, `${at.url}/other/api`)
            : moved(here, `${at.url}/api`, `${new URL(at.url).origin}/api`);
        case 'other-bytes':
          return here.replaceAll(/\b(sha\d+-)\w{4}/g, '$1AAAA');
        case 'without-urls':
          return here.replaceAll(/^ *"resolved": "http.*\n/gm, '');
      }
    },
  };
}

/** An address replaced, also where a lockfile has it percent-encoded. */
function moved(text: string, from: string, to: string): string {
  return text.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to));
}

async function makeLockfile(
  world: RandomWorld,
  client: RealClient,
  publicRegistry: string,
): Promise<{ text: string; origin: string }> {
  const right: RandomWorld = {
    ...healthy(world),
    prefix: 'project',
    transitive: world.transitive,
    place: 'project',
    faults: [],
    lock: 'none',
  };
  const asked: RandomWorld = { ...right, prefix: world.scope === '@acme' ? 'instance' : 'group' };
  const server = await startWorld(asked, publicRegistry);
  const readable: RandomWorld = world.client.startsWith('pnpm') ? { ...asked, place: 'home' } : asked;
  const job = await layWorld(readable, server, client, { textFor: async () => null });
  try {
    const ran = await job.client(...habits[world.client].install);
    if (ran.code !== 0) throw new Error(`${world.client} made no lockfile: ${ran.stdout}${ran.stderr}`);
    const text = fs.readFileSync(join(job.checkout, habits[world.client].lockfile), 'utf8');
    return { text, origin: new URL(server.at.url).origin };
  } finally {
    job.remove();
    await server.gitlab.close();
  }
}
