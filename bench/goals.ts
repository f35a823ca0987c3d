import type { Figures } from './bench.ts';
import type { Cell } from './cells.ts';
import type { ContenderName } from './contenders.ts';
import type { Source } from './lay-checkout.ts';
import { ofOnePass, type StartName } from './measure-start.ts';
import type { Weight } from './measure-weights.ts';
import { pairedRatio, spreadOf } from './spread.ts';

/** A goal with what was measured. `met: null`: this extent does not measure it. */
export interface GoalResult {
  goal: string;
  measured: string;
  met: boolean | null;
}

const packages = 50;
const roundTrip = 50;
const kilobyte = 1000;

/** Every goal of the project for its speed, against these figures. */
export function judgeGoals(figures: Figures): readonly GoalResult[] {
  return [
    ...(['lockfile', 'direct'] as const).map((source) => {
      const ratio = ratioOf(figures, source, 'npmrc-preflight', 'floor');
      const goal = `${packages} packages, ${roundTrip} ms, ${named(source)}: at most 1.3 times the floor`;
      return judged(goal, ratio, (value) => value <= 1.3, times);
    }),
    judged(
      `${packages} packages, ${roundTrip} ms: 3 times as fast as npm ci`,
      ratioOf(figures, 'lockfile', 'npm ci', 'npmrc-preflight'),
      (value) => value >= 3,
      times,
    ),
    judged(
      `${packages} packages, ${roundTrip} ms: 8 times as fast as npm install --dry-run`,
      ratioOf(figures, 'direct', 'npm install --dry-run', 'npmrc-preflight'),
      (value) => value >= 8,
      times,
    ),
    ...(['lockfile', 'direct'] as const).map((source) =>
      judged(
        `refused packages, ${named(source)}: at most 3 more round trips`,
        moreRoundTrips(figures.weights, source),
        (value) => value <= 3,
        String,
      ),
    ),
    judged('1,000 packages: under 200 MB', most(figures, 'peak'), (value) => value < 200e6, megabytes),
    judged(
      '1,000 packages: under 64 connections',
      most(figures, 'connections'),
      (value) => value < 64,
      String,
    ),
    ...(['--version', '--offline, 10 packages'] as const).map((name) =>
      judged(
        `start (${name}): at most 60 ms over node -e 0`,
        overNode(figures, name),
        (value) => value <= 60,
        (value) => `${value.toFixed(0)} ms`,
      ),
    ),
    judged(
      `${ofOnePass}: at most 350 kB`,
      figures.sizes.find(({ file }) => file === ofOnePass)?.plain ?? null,
      (value) => value <= 350 * kilobyte,
      (value) => `${(value / kilobyte).toFixed(0)} kB`,
    ),
  ];
}

function judged(
  goal: string,
  value: number | null,
  isMet: (value: number) => boolean,
  say: (value: number) => string,
): GoalResult {
  if (value === null) return { goal, measured: 'not measured', met: null };
  return { goal, measured: say(value), met: isMet(value) };
}

function ratioOf(
  { times }: Figures,
  source: Source,
  slower: ContenderName,
  faster: ContenderName,
): number | null {
  const isMeant = (cell: Cell) =>
    cell.source === source &&
    cell.packages === packages &&
    cell.roundTrip === roundTrip &&
    cell.refused === 'none';
  const found = times.find(({ cell }) => isMeant(cell));
  const [a, b] = [found?.times.get(slower), found?.times.get(faster)];
  return a && b ? pairedRatio(a, b).median : null;
}

function moreRoundTrips(weights: readonly Weight[], source: Source): number | null {
  const trips = (refused: 'none' | 'one' | 'all') =>
    weights.find(
      ({ contender, weighing: { world, source: from } }) =>
        contender === 'npmrc-preflight' &&
        from === source &&
        world.packages === packages &&
        world.versions === 1 &&
        world.refused === refused,
    )?.counts.roundTrips;
  const [none, one, all] = [trips('none'), trips('one'), trips('all')];
  if (none === undefined || one === undefined || all === undefined) return null;
  return Math.max(one, all) - none;
}

function most({ weights }: Figures, what: 'peak' | 'connections'): number | null {
  const values = weights
    .filter(({ contender, weighing }) => contender === 'npmrc-preflight' && weighing.world.packages === 1000)
    .map(({ peak, counts }) => (what === 'peak' ? peak : counts.connections));
  return values.length === 0 ? null : Math.max(...values.map(Number));
}

/** Of the medians: single pairs of so short a time say more of the machine than of the program. */
function overNode({ starts }: Figures, name: StartName): number | null {
  const [own, node] = [starts.get(name), starts.get('node -e 0')];
  return own && node ? spreadOf(own).median - spreadOf(node).median : null;
}

function named(source: Source): string {
  return source === 'lockfile' ? 'from a lockfile' : 'without a lockfile';
}

function times(value: number): string {
  return `${value.toFixed(2)} times`;
}

function megabytes(value: number): string {
  return `${(value / 1e6).toFixed(0)} MB`;
}
