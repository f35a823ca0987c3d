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

/**
 * `peak`: the most memory (resident, bytes) that a process of the contender held; `null` for one that is no Node program. `loaded`: the modules that its
 * processes had loaded at their ends, as paths; Node's own are none of them.
 */
export interface Weight {
  weighing: Weighing;
  contender: ContenderName;
  counts: Counts;
  peak: number | null;
  loaded: readonly string[];
}

/** Long enough that a request of a chain can't be mistaken for one of the first. */
const roundTrip = 100;

/** Says at its end how much memory it held, and what it had loaded. Loaded itself into each process of a weighed run, which is not timed. */
const scale = `process.on('exit', () => {
  const loaded = Object.keys(require.cache);
  require('node:fs').appendFileSync(process.env.BENCH_ENDS, JSON.stringify({ kilobytes: process.resourceUsage().maxRSS, loaded }) + '\\n');
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
        const ends = join(tools.bin, 'ends');
        const hook = join(tools.bin, 'scale.cjs');
        fs.writeFileSync(hook, scale);
        fs.rmSync(ends, { force: true });
        const more = { NODE_OPTIONS: `--require ${JSON.stringify(hook)}`, BENCH_ENDS: ends };
        await runContender(contender, arena, more);
        weights.push({ weighing, contender, counts: await running.count(), ...endings(ends) });
      }
    } finally {
      arena.checkout.remove();
      await running.close();
    }
  }
  return weights;
}

function endings(file: string): Pick<Weight, 'peak' | 'loaded'> {
  if (!fs.existsSync(file)) return { peak: null, loaded: [] };
  const ends = fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kilobytes: number; loaded: readonly string[] });
  return {
    peak: Math.max(...ends.map(({ kilobytes }) => kilobytes)) * 1024,
    loaded: [...new Set(ends.flatMap(({ loaded }) => loaded))],
  };
}
