// Proves the diagnosis over the states of the embedded GitLab: verdict, causes, what can be known at all, remedies.
// Usage: npm run prove -- [--sample 20000] [--seed 1] [--only 18.0] [--parallel 2] [--examples]
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    parallel: { type: 'string', default: '2' },
    examples: { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..');
const folder = join(root, '.cache', 'test', `prove-${process.pid}`);
const program = join(folder, 'prove.mjs');

mkdirSync(folder, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['test/proof/prove.ts'],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
try {
  const { chosenBlocks, figureLines, noFigures, sum } = await import(pathToFileURL(program).href);
  const started = Date.now();
  const blocks = chosenBlocks({
    seed: Number(values.seed),
    sample: values.sample === undefined ? null : Number(values.sample),
    only: values.only,
  });
  let figures = noFigures;
  let done = 0;
  const all = blocks.length;
  // Ctrl-C ends the blocks under way and shows what was found so far.
  process.once('SIGINT', () => {
    blocks.length = 0;
  });
  await Promise.all(Array.from({ length: Number(values.parallel) }, work));
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(figureLines(figures, values.examples).join('\n'));
  console.log(
    `${done} of ${all} blocks, seed ${values.seed}, ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
  process.exitCode = Object.keys(figures.faults).length === 0 ? 0 : 1;

  /** One thread, which takes block after block until none is left. */
  async function work() {
    const worker = new Worker(program);
    try {
      for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
        const found = await answerTo(worker, block);
        figures = sum(figures, found);
        done += 1;
        if (process.stderr.isTTY)
          process.stderr.write(`\r${done} of ${all} blocks, ${figures.states} states`);
      }
    } finally {
      await worker.terminate();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function answerTo(worker, block) {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (figures) => {
      worker.off('error', reject);
      resolve(figures);
    });
    worker.postMessage(block);
  });
}
