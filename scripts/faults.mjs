// Runs the whole program against a GitLab behind a faulty network, seed by seed, and names every seed that breaks a promise.
// Usage: npm run faults -- [--seeds 2000] [--seed 1] [--parallel 4]
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { withProgram } from './with-program.mjs';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '4' },
  },
});
const rejections = [];
process.on('unhandledRejection', (reason) => rejections.push(reason));
process.on('uncaughtException', (reason) => rejections.push(reason));
await withProgram('test/faults/faults.ts', async (program) => {
  const { playFaults, failureLine } = await import(pathToFileURL(program).href);
  const first = Number(values.seed);
  const last = first + Number(values.seeds) - 1;
  const started = Date.now();
  const ends = {};
  const running = new Set();
  let failures = 0;
  let next = first;
  process.once('SIGINT', () => {
    next = last + 1;
  });
  await Promise.all(Array.from({ length: Number(values.parallel) }, work));
  const counted = Object.entries(ends).map(([code, count]) => `${count} x ${code}`);
  console.log(
    `${failures} failures, exit codes ${counted.join(', ')}, ${((Date.now() - started) / 1000).toFixed(0)} s`,
  );
  process.exitCode = failures === 0 ? 0 : 1;

  async function work() {
    while (next <= last) {
      const seed = next++;
      running.add(seed);
      const played = await playFaults(seed).catch((error) => ({
        ...{ seed, exitCode: null, codes: [], faults: [] },
        broken: [`threw ${error?.stack ?? error}`],
      }));
      for (const reason of rejections.splice(0)) {
        const beside = [...running].join(', ');
        played.broken.push(`not handled while the seeds ${beside} ran: ${reason?.stack ?? reason}`);
      }
      running.delete(seed);
      ends[played.exitCode] = (ends[played.exitCode] ?? 0) + 1;
      if (played.broken.length > 0) {
        failures += 1;
        console.log(failureLine(played));
      }
    }
  }
});
