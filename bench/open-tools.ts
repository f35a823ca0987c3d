import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { installRuntimes } from '../test/support/runtimes.ts';
import { temporaryFolder } from '../test/support/temporary-tree.ts';
import { type BenchPrograms, buildPrograms } from './build-programs.ts';
import type { Tools } from './contenders.ts';

const root = join(import.meta.dirname, '..');

/** Gets ready what a bench runs: the package managers of `test/runtimes`, and its own programs. `close` removes them. */
export async function openTools(): Promise<{ tools: Tools; programs: BenchPrograms; close(): void }> {
  const folder = temporaryFolder();
  const runtimes = await installRuntimes();
  const npm = runtimes.client('npm-11');
  const pnpm = runtimes.client('pnpm-11');
  const bin = join(folder, 'bin');
  npm.install(bin);
  const programs = await buildPrograms(root, folder);
  const bundle = join(root, 'dist', 'index.js');
  const nodeVersion = execFileSync(npm.node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  const tools = { node: npm.node, nodeVersion, npm, pnpm, bin, bundle, floor: programs.floor };
  return { tools, programs, close: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
