import * as fs from 'node:fs';
import { join } from 'node:path';
import type { BenchWorld } from './bench-world.ts';
import { arenaOf, type ContenderName, runContender, type Tools } from './contenders.ts';
import type { Source } from './lay-checkout.ts';
import { type Counts, runRegistry } from './running-registry.ts';

/** What is weighed: one run of each contender in a world. */
export interface Weighing {
  world: BenchWorld;
  source: Source;
  contenders: readonly ContenderName[];
}

/** `peak`: the most memory (resident, bytes) that a process of the contender held; `null` for one that is no Node program. */
export interface Weight {
  weighing: Weighing;
  contender: ContenderName;
  counts: Counts;
  peak: number | null;
}

/** Long enough that a request of a chain can't be mistaken for one of the first. */
const roundTrip = 100;

/** Says at its end how much memory it held. Loaded into each process of a weighed run, which is not timed. */
const scale = `process.on('exit', () => {
  require('node:fs').appendFileSync(process.env.BENCH_PEAKS, process.resourceUsage().maxRSS + '\\n');
});
`;

/** Weighs every contender once: the counts are the server's. */
export async function measureWeights(
  weighings: readonly Weighing[],
  tools: Tools,
  registry: string,
): Promise<readonly Weight[]> {
  const weights: Weight[] = [];
  for (const weighing of weighings) {
    const { world, source } = weighing;
    const running = await runRegistry(registry, world);
    const arena = arenaOf(world, source, running.url, tools);
    try {
      await running.setRoundTrip(roundTrip);
      for (const contender of weighing.contenders) {
        const peaks = join(tools.bin, 'peaks');
        const hook = join(tools.bin, 'scale.cjs');
        fs.writeFileSync(hook, scale);
        fs.rmSync(peaks, { force: true });
        const more = { NODE_OPTIONS: `--require ${JSON.stringify(hook)}`, BENCH_PEAKS: peaks };
        await runContender(contender, arena, more);
        weights.push({ weighing, contender, counts: await running.count(), peak: highest(peaks) });
      }
    } finally {
      arena.checkout.remove();
      await running.close();
    }
  }
  return weights;
}

function highest(file: string): number | null {
  if (!fs.existsSync(file)) return null;
  const kilobytes = fs.readFileSync(file, 'utf8').trim().split('\n').map(Number);
  return Math.max(...kilobytes) * 1024;
}
