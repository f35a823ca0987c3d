// Measures the program against package managers and against the fewest requests that can decide the same.
// Usage: npm run bench -- [--quick] [--markdown]. A whole run with --markdown also puts its tables into docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { withProgram } from './with-program.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..');
await withProgram('bench/bench.ts', async (program) => {
  const { bench } = await import(pathToFileURL(program).href);
  const started = Date.now();
  const text = await bench(values, (what) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${what}`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  process.stdout.write(text);
  if (values.markdown && !values.quick) document(text);
  console.error(`${((Date.now() - started) / 1000).toFixed(0)} s`);
});

function document(tables) {
  const file = join(root, 'docs', 'performance.md');
  const [start, end] = ['<!-- bench -->', '<!-- /bench -->'];
  const page = readFileSync(file, 'utf8');
  const [before, after] = [page.indexOf(start), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${file} has no place for the tables`);
  writeFileSync(file, `${page.slice(0, before + start.length)}\n${tables.trim()}\n${page.slice(after)}`);
}
