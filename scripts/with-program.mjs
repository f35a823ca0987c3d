import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ownFolders } from './own-folders.mjs';

const root = join(import.meta.dirname, '..');

/**
 * Bundles a TypeScript program of this project, with its packages left outside, gives the bundle's path to `use`, and takes the bundle away
 * again when that ends.
 * @template T
 * @param {string} entry path of the program from the project's root
 * @param {(program: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withProgram(entry, use) {
  const folder = join(root, '.cache', 'test', `program-${process.pid}`);
  const program = join(folder, 'program.mjs');
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [ownFolders],
    logLevel: 'warning',
  });
  try {
    return await use(program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
