import { parentPort } from 'node:worker_threads';
import { knownParts, statesOf } from './proof-space.ts';
import { type KnownPart, seeded } from './proof-state.ts';
import { type Figures, proveBlocks } from './prove-block.ts';

export { noFigures, sum } from './prove-block.ts';

/** The blocks to prove: all, those whose values include `only`, or as many whole ones by chance as have about `sample` states. */
export function chosenBlocks(options: { seed: number; sample: number | null; only: string }): KnownPart[] {
  const { seed, sample, only } = options;
  const blocks = knownParts().filter(
    (known) => only === '' || only.split(',').every((one) => Object.values(known).map(String).includes(one)),
  );
  if (sample === null) return blocks;
  const random = seeded(seed);
  const shuffled = blocks
    .map((block) => ({ block, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ block }) => block);
  const chosen: KnownPart[] = [];
  let states = 0;
  for (const block of shuffled) {
    if (states >= sample) break;
    const size = [...statesOf(block)].length;
    if (chosen.length > 0 && states + size > 1.5 * sample) continue;
    chosen.push(block);
    states += size;
  }
  return chosen;
}

/** The figures in lines for people. */
export function figureLines(figures: Figures, examples: boolean): readonly string[] {
  const {
    states,
    failing,
    confirmed,
    knowable,
    knowableUnconfirmed,
    classes,
    runs,
    steps,
    faults,
    below,
    shared,
  } = figures;
  const percent = (part: number) => `${((100 * part) / Math.max(1, failing)).toFixed(1)} %`;
  const lines = (kinds: Figures['faults']) =>
    Object.entries(kinds)
      .sort(([, a], [, b]) => b.count - a.count)
      .flatMap(([kind, { count, examples: some }]) => [
        `  ${count} ${kind}`,
        ...(examples ? some.map((one) => `      ${one}`) : []),
      ]);
  const wrong = Object.values(faults).reduce((all, { count }) => all + count, 0);
  return [
    `${states} states, ${failing} of them fail, in ${classes} classes with equal answers to everything; ${runs} different runs of the step`,
    `confirmed: ${percent(confirmed)} of the failing states`,
    `the limit: ${percent(knowable)} (the class shares one cause); below it, without a confirmed one: ${percent(knowableUnconfirmed)}`,
    `shared by a class, and confirmed: ${Object.entries(shared)
      .map(
        ([mending, one]) =>
          `${mending} ${((100 * one.confirmed) / one.states).toFixed(1)} % of ${one.states}`,
      )
      .join(', ')}`,
    `remedies until green: ${Object.entries(steps)
      .map(([count, number]) => `${count}: ${number}`)
      .join(', ')}`,
    `wrong: ${wrong}`,
    ...lines(faults),
    ...(examples ? ['below the limit:', ...lines(below)] : []),
  ];
}

/** Blocks that are proved together, as their GitLabs are the same: those of one version, scope, credential and consumer; the largest first. */
export function families(blocks: readonly KnownPart[]): readonly { blocks: KnownPart[]; states: number }[] {
  const found = new Map<string, { blocks: KnownPart[]; states: number }>();
  for (const block of blocks) {
    const key = [block.version, block.scope, block.credential, block.consumer].join(' ');
    const family = found.get(key) ?? { blocks: [], states: 0 };
    family.blocks.push(block);
    family.states += [...statesOf(block)].length;
    found.set(key, family);
  }
  return [...found.values()].sort((a, b) => b.states - a.states);
}

parentPort?.on('message', (blocks: readonly KnownPart[]) => {
  proveBlocks(blocks, (states) => parentPort?.postMessage({ kind: 'progress', states })).then(
    (figures) => parentPort?.postMessage({ kind: 'figures', figures }),
    (error: unknown) => {
      throw error;
    },
  );
});
