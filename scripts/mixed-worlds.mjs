// Holds the step's reports on random worlds of many packages and projects against the truth of the model.
// Usage: npm run mixed -- [--worlds 2000] [--seed 1] [--parallel 2]
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { withProgram } from './with-program.mjs';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '2' },
  },
});
const atOnce = 20;

await withProgram('test/mixed-worlds/mixed-worlds.ts', async (program) => {
  const { mixedLines, noMixedFigures, sumMixed } = await import(pathToFileURL(program).href);
  const started = Date.now();
  const first = Number(values.seed);
  const seeds = Array.from({ length: Number(values.worlds) }, (_, index) => first + index);
  const all = seeds.length;
  let figures = noMixedFigures();
  let shown = started;
  // Ctrl-C ends with the worlds under way and shows what was found so far.
  process.once('SIGINT', () => {
    seeds.length = 0;
  });
  await Promise.all(Array.from({ length: Number(values.parallel) }, work));
  console.log(mixedLines(figures).join('\n'));
  console.log(`from seed ${first}, ${((Date.now() - started) / 1000).toFixed(0)} s`);
  process.exitCode = Object.keys(figures.faults).length === 0 ? 0 : 1;

  /** One thread, which takes seeds until none is left. */
  async function work() {
    const worker = new Worker(program);
    try {
      for (let some = seeds.splice(0, atOnce); some.length > 0; some = seeds.splice(0, atOnce)) {
        worker.postMessage(some);
        const [found] = await once(worker, 'message');
        figures = sumMixed(figures, found);
        progress();
      }
    } finally {
      await worker.terminate();
    }
  }

  /** A line now and then: how much is done, and how many worlds drew a complaint so far. */
  function progress() {
    const now = Date.now();
    if (now - shown < 5000) return;
    shown = now;
    const complaints = Object.values(figures.faults).reduce((sum, { count }) => sum + count, 0);
    process.stderr.write(`${figures.worlds} of ${all} worlds, complaints so far: ${complaints}\n`);
  }
});
