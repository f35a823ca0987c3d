import { parentPort } from 'node:worker_threads';
import { drawWorld } from './draw-world.ts';
import { MixedJudge } from './judge-mixed.ts';

/** What was found in some worlds. `faults` keeps each kind with how often it was met and a few seeds. */
export interface MixedFigures {
  worlds: number;
  failingWorlds: number;
  failing: number;
  confirmed: number;
  steps: Record<number, number>;
  /** Requests beyond the install's own, and failing packages: of all worlds. */
  further: number;
  faults: Record<string, { count: number; seeds: number[]; example: string }>;
}

const mostSeeds = 5;

/** Judges the worlds of the seeds. Of every `walkEach`th the remedies are carried out too. */
export async function judgeSeeds(seeds: readonly number[], walkEach = 4): Promise<MixedFigures> {
  const figures = noMixedFigures();
  const judge = new MixedJudge();
  for (const seed of seeds) {
    const judgement = await judge
      .judge(drawWorld(seed), { walk: seed % walkEach === 0 })
      .catch((error: unknown) => ({
        faults: [`crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
        failing: 0,
        confirmed: 0,
        steps: null,
        requests: { count: 0, own: 0 },
      }));
    figures.worlds++;
    if (judgement.failing > 0) figures.failingWorlds++;
    figures.failing += judgement.failing;
    figures.confirmed += judgement.confirmed;
    figures.further += judgement.requests.count - judgement.requests.own;
    if (judgement.steps !== null) figures.steps[judgement.steps] = (figures.steps[judgement.steps] ?? 0) + 1;
    for (const fault of judgement.faults) addFault(figures, kindOf(fault), 1, [seed], fault);
  }
  return figures;
}

/** Figures of no world. */
export function noMixedFigures(): MixedFigures {
  return { worlds: 0, failingWorlds: 0, failing: 0, confirmed: 0, steps: {}, further: 0, faults: {} };
}

function addFault(
  { faults }: MixedFigures,
  kind: string,
  count: number,
  seeds: readonly number[],
  example: string,
) {
  const known = faults[kind] ?? { count: 0, seeds: [], example };
  known.count += count;
  known.seeds = [...known.seeds, ...seeds].slice(0, mostSeeds);
  faults[kind] = known;
}

/** A fault without the names of its world. */
function kindOf(fault: string): string {
  return fault
    .replace(/@[\w-]+\/[\w-]+(?:@[^ ,)]+)?/g, 'PACKAGE')
    .replace(/(?:acme|tools|design)(?:\/[\w-]+)+/g, 'PROJECT')
    .replace(/\{.*\}/, '…')
    .replace(/\b3\d\d\b/g, 'N')
    .slice(0, 200);
}

/** The figures of two sets of worlds together. */
export function sumMixed(a: MixedFigures, b: MixedFigures): MixedFigures {
  const all = noMixedFigures();
  for (const one of [a, b]) {
    for (const key of ['worlds', 'failingWorlds', 'failing', 'confirmed', 'further'] as const)
      all[key] += one[key];
    for (const [steps, worlds] of Object.entries(one.steps))
      all.steps[Number(steps)] = (all.steps[Number(steps)] ?? 0) + worlds;
    for (const [kind, { count, seeds, example }] of Object.entries(one.faults))
      addFault(all, kind, count, seeds, example);
  }
  return all;
}

/** The figures in lines for people. */
export function mixedLines(figures: MixedFigures): readonly string[] {
  const { worlds, failingWorlds, failing, confirmed, steps, further, faults } = figures;
  const wrong = Object.values(faults).reduce((all, { count }) => all + count, 0);
  return [
    `${worlds} worlds, ${failingWorlds} of them with failing packages: ${failing}, ${((100 * confirmed) / Math.max(1, failing)).toFixed(1)} % with a confirmed cause; ${(further / Math.max(1, failing)).toFixed(1)} further requests for each`,
    `remedies until green: ${Object.entries(steps)
      .map(([count, number]) => `${count}: ${number}`)
      .join(', ')}`,
    `wrong: ${wrong}`,
    ...Object.entries(faults)
      .sort(([, a], [, b]) => b.count - a.count)
      .map(([, { count, seeds, example }]) => `  ${count} ${example} (seeds ${seeds.join(' ')})`),
  ];
}

parentPort?.on('message', (seeds: readonly number[]) => {
  judgeSeeds(seeds).then(
    (figures) => parentPort?.postMessage(figures),
    (error: unknown) => {
      throw error;
    },
  );
});
