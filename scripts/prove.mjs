// Proves the diagnosis over the states of the embedded GitLab: verdict, causes, what can be known at all, remedies.
// Usage: npm run prove -- [--sample 20000] [--seed 1] [--only 18.0] [--parallel 2] [--examples]
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { withProgram } from './with-program.mjs';

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    parallel: { type: 'string', default: '2' },
    examples: { type: 'boolean', default: false },
  },
});
await withProgram('test/proof/prove.ts', async (program) => {
  const { chosenBlocks, families, figureLines, noFigures, sum } = await import(pathToFileURL(program).href);
  const started = Date.now();
  const queue = [
    ...families(
      chosenBlocks({
        seed: Number(values.seed),
        sample: values.sample === undefined ? null : Number(values.sample),
        only: values.only,
      }),
    ),
  ];
  const all = queue.reduce((count, { states }) => count + states, 0);
  let figures = noFigures;
  let done = 0;
  let shown = 0;
  // Ctrl-C ends the families under way and shows what was found so far.
  process.once('SIGINT', () => {
    queue.length = 0;
  });
  await Promise.all(Array.from({ length: Number(values.parallel) }, work));
  console.log(figureLines(figures, values.examples).join('\n'));
  console.log(`${figures.states} of ${all} states, seed ${values.seed}, ${seconds(Date.now() - started)}`);
  process.exitCode = Object.keys(figures.faults).length === 0 ? 0 : 1;

  /** One thread, which takes family after family until none is left. */
  async function work() {
    const worker = new Worker(program);
    try {
      for (let family = queue.shift(); family !== undefined; family = queue.shift()) {
        const found = await answerTo(worker, family.blocks, progress);
        figures = sum(figures, found);
      }
    } finally {
      await worker.terminate();
    }
  }

  /** A line now and then: how much is done, how long the rest takes, whether anything is wrong so far. */
  function progress(states) {
    done += states;
    const now = Date.now();
    if (now - shown < 5000) return;
    shown = now;
    const rest = ((now - started) * (all - done)) / done;
    const wrong = Object.values(figures.faults).reduce((sum, { count }) => sum + count, 0);
    process.stderr.write(
      `${done} of ${all} states, ${seconds(now - started)}, about ${seconds(rest)} to go, wrong so far: ${wrong}\n`,
    );
  }
});

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(0)} s`;
}

function answerTo(worker, blocks, progress) {
  return new Promise((resolve, reject) => {
    const heard = (message) => {
      if (message.kind === 'progress') return progress(message.states);
      worker.off('error', reject);
      worker.off('message', heard);
      resolve(message.figures);
    };
    worker.once('error', reject);
    worker.on('message', heard);
    worker.postMessage(blocks);
  });
}
