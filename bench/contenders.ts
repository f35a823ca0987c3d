import * as fs from 'node:fs';
import { join } from 'node:path';
import { quietVariables } from '../test/clients/real/client-variables.ts';
import type { RuntimeClient } from '../test/support/runtime-clients.ts';
import { type BenchWorld, jobToken, type PlacedPackage, placedPackages } from './bench-world.ts';
import type { FloorTask } from './floor.ts';
import { type Checkout, cacheOf, layCheckout, type Source } from './lay-checkout.ts';
import { type Measured, type Program, runMeasured } from './run-measured.ts';

export type ContenderName =
  | 'npmrc-preflight'
  | 'floor'
  | 'npm install --dry-run'
  | 'npm install'
  | 'npm ci'
  | 'pnpm install --frozen-lockfile'
  | 'npm view, one by one';

/** What is installed on the machine for a bench. `bin` is a folder with npm, pnpm and Node alone. */
export interface Tools {
  node: string;
  nodeVersion: string;
  npm: RuntimeClient;
  pnpm: RuntimeClient;
  bin: string;
  bundle: string;
  floor: string;
}

/** One place in which contenders run. */
export interface Arena {
  world: BenchWorld;
  source: Source;
  url: string;
  packages: readonly PlacedPackage[];
  checkout: Checkout;
  tools: Tools;
}

/** A world's arena at the GitLab at `url`. */
export function arenaOf(world: BenchWorld, source: Source, url: string, tools: Tools): Arena {
  const packages = placedPackages(world, url);
  return { world, source, url, packages, checkout: layCheckout(packages, source, url), tools };
}

/** The contenders that have a meaning for a source: a lockfile is what `npm ci` and pnpm start from. */
export const contendersOf: Readonly<Record<Source, readonly ContenderName[]>> = {
  direct: ['npmrc-preflight', 'floor', 'npm install --dry-run', 'npm install', 'npm view, one by one'],
  lockfile: ['npmrc-preflight', 'floor', 'npm ci', 'pnpm install --frozen-lockfile'],
};

/**
 * Runs a contender once with empty caches. The time is that of its process, or of its processes in turn. Throws when it ends
 * otherwise than this world makes it end: a time for something that did not happen would be worth nothing.
 * `more` are further variables for its processes.
 */
export async function runContender(
  name: ContenderName,
  arena: Arena,
  more: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  arena.checkout.renew(name.startsWith('pnpm') ? 'pnpm' : 'npm');
  const programs = programsOf(name, arena);
  let ms = 0;
  let last: Measured = { ms: 0, code: 0, said: '' };
  for (const program of programs) {
    last = await runMeasured({ ...program, env: { ...program.env, ...more } });
    ms += last.ms;
    if (last.code !== 0) break;
  }
  const { refused } = arena.world;
  const whenRefused: number | undefined = { 'npmrc-preflight': 1, floor: 3 }[name as string];
  const isRight =
    refused === 'none' ? last.code === 0 : whenRefused === undefined || last.code === whenRefused;
  if (!isRight) throw new Error(`${name} ended with ${last.code}\n${last.said}`);
  return { ...last, ms };
}

function programsOf(
  name: ContenderName,
  { source, url, packages, checkout, tools }: Arena,
): readonly Program[] {
  const cwd = join(checkout.folder, 'checkout');
  const env = { PATH: tools.bin, ...checkout.env };
  const client = (which: RuntimeClient, ...args: readonly string[]): Program => ({
    ...which.run(args),
    cwd,
    env: {
      ...env,
      ...quietVariables(which.id, cacheOf(checkout.folder)),
      npm_config_audit: 'false',
      npm_config_fund: 'false',
    },
  });
  switch (name) {
    case 'npmrc-preflight': {
      // it brings the configuration itself
      fs.rmSync(join(checkout.folder, 'home', '.npmrc'));
      return [{ command: tools.node, args: [tools.bundle], cwd, env }];
    }
    case 'floor': {
      const task: FloorTask = {
        origin: url,
        token: jobToken,
        tarballs: source === 'direct' ? [] : packages.map((one) => one.tarball.slice(url.length)),
        metadata:
          source === 'direct'
            ? packages.map(({ name }) => `/api/v4/packages/npm/${name.replace('/', '%2f')}`)
            : [],
      };
      const file = join(checkout.folder, 'floor.json');
      fs.writeFileSync(file, JSON.stringify(task));
      return [{ command: tools.node, args: [tools.floor, file], cwd, env }];
    }
    case 'npm install --dry-run':
      return [client(tools.npm, 'install', '--dry-run')];
    case 'npm install':
      return [client(tools.npm, 'install')];
    case 'npm ci':
      return [client(tools.npm, 'ci')];
    case 'pnpm install --frozen-lockfile':
      return [client(tools.pnpm, 'install', '--frozen-lockfile')];
    case 'npm view, one by one':
      return packages.map(({ name }) => client(tools.npm, 'view', name, 'version'));
  }
}
