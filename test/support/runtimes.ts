import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RuntimeClient, type RuntimeClientId, runtimeClient } from './runtime-clients.ts';

export type NodeMajor = 20 | 22 | 24;
export type NpmMajor = 10 | 11 | 12;

/** Programs that tests run for real. Paths are absolute. */
export interface Runtimes {
  /** The Node of a major version: 20.18 for 20. Throws with what to do when this platform has none. */
  node(major: NodeMajor): string;
  /** A package manager with the Node that runs it. Throws with what to do when this platform has none. */
  client(id: RuntimeClientId): RuntimeClient;
}

const root = join(import.meta.dirname, '..', '..');

/**
 * The runtimes of `test/runtimes`, installed into `.cache/runtimes` when they are not there; parallel callers wait for one
 * installation. Rejects with npm's own words when that fails: a test that needs them must fail then, not be skipped.
 */
export async function installRuntimes(): Promise<Runtimes> {
  const script = join(root, 'scripts', 'install-runtimes.mjs');
  const run = promisify(execFile)(process.execPath, [script], { encoding: 'utf8' });
  const { stdout } = await run.catch((error: { stderr?: string; message: string }) => {
    throw new Error(error.stderr?.trim() || error.message);
  });
  const modules = join(stdout.trim(), 'node_modules');
  const node = (major: NodeMajor) => {
    const variable = `NPMRC_PREFLIGHT_NODE_${major}`;
    const own = join(
      modules,
      `node-${major}-${process.platform}-${process.arch}`,
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    );
    const path = process.env[variable] || own;
    if (existsSync(path)) return path;
    throw new Error(
      `no Node ${major} for ${process.platform}-${process.arch} in test/runtimes: set ${variable} to the path of one`,
    );
  };
  return { node, client: (id) => runtimeClient(id, modules, node) };
}
