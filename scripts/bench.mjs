// Measures the program against package managers and against the fewest requests that can decide the same.
// Usage: npm run bench -- [--quick] [--markdown]
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { ownFolders } from './own-folders.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..');
const folder = join(root, '.cache', 'test', `bench-${process.pid}`);
const program = join(folder, 'bench.mjs');

mkdirSync(folder, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['bench/bench.ts'],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  plugins: [ownFolders],
  logLevel: 'warning',
});
try {
  const { bench } = await import(pathToFileURL(program).href);
  const started = Date.now();
  const text = await bench(values, (what) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  process.stdout.write(text);
  console.error(`${((Date.now() - started) / 1000).toFixed(0)} s`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
