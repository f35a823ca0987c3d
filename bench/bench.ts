import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Extent, fullExtent, quickExtent } from './cells.ts';
import { judgeGoals } from './goals.ts';
import { type FileSize, fileSizes, measureStart, type StartName } from './measure-start.ts';
import { type CellTimes, measureTimes } from './measure-times.ts';
import { measureWeights, type Weight } from './measure-weights.ts';
import { openTools } from './open-tools.ts';
import { renderFigures } from './render-figures.ts';

/** Everything that one run of the bench measured. */
export interface Figures {
  runs: number;
  machine: { cores: number; platform: string; node: string; npm: string; pnpm: string };
  times: readonly CellTimes[];
  weights: readonly Weight[];
  starts: ReadonlyMap<StartName, readonly number[]>;
  sizes: readonly FileSize[];
}

const root = join(import.meta.dirname, '..');

/** Measures an extent. Rejects when a contender ends otherwise than its world makes it end. */
export async function measure(
  extent: Extent,
  onProgress: (what: string) => void = () => {},
): Promise<Figures> {
  const { tools, programs, close } = await openTools();
  try {
    onProgress('start');
    const starts = await measureStart(extent.runs * 2, tools);
    onProgress('requests, bytes, memory');
    const weights = await measureWeights(extent.weighings, tools, programs.registry);
    const times = await measureTimes(extent, tools, {
      registry: programs.registry,
      onCell: (done, of) => onProgress(`times, ${done} of ${of}`),
    });
    return {
      runs: extent.runs,
      machine: {
        cores: availableParallelism(),
        platform: `${process.platform} ${process.arch}`,
        node: tools.nodeVersion,
        npm: tools.npm.version,
        pnpm: tools.pnpm.version,
      },
      times,
      weights,
      starts,
      sizes: fileSizes(root, loadedByPass(weights)),
    };
  } finally {
    close();
  }
}

/** The command `npm run bench`: the figures as text, or as Markdown. */
export async function bench(
  { quick, markdown }: { quick: boolean; markdown: boolean },
  onProgress: (what: string) => void,
): Promise<string> {
  const figures = await measure(quick ? quickExtent() : fullExtent(), onProgress);
  return renderFigures(figures, judgeGoals(figures), markdown ? 'markdown' : 'text');
}

function loadedByPass(weights: readonly Weight[]): readonly string[] {
  const pass = weights.find(
    ({ contender, weighing }) => contender === 'npmrc-preflight' && weighing.world.refused === 'none',
  );
  return pass?.loaded ?? [];
}
