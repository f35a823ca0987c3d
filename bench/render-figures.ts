import type { Figures } from './bench.ts';
import type { ContenderName } from './contenders.ts';
import type { GoalResult } from './goals.ts';
import { startNames } from './measure-start.ts';
import type { CellTimes } from './measure-times.ts';
import { pairedRatio, type Spread, spreadOf } from './spread.ts';

type Table = readonly (readonly string[])[];

const peers: readonly ContenderName[] = [
  'npm install --dry-run',
  'npm install',
  'npm ci',
  'pnpm install --frozen-lockfile',
  'npm view, one by one',
];

/** All figures as tables: Markdown for the documentation, or columns for a terminal. */
export function renderFigures(
  figures: Figures,
  goals: readonly GoalResult[],
  form: 'markdown' | 'text',
): string {
  const { runs, machine } = figures;
  const show = form === 'markdown' ? markdownTable : textTable;
  const title = (text: string) => (form === 'markdown' ? `### ${text}` : text.toUpperCase());
  const { cores, platform, node, npm, pnpm } = machine;
  return [
    `${cores} cores, ${platform}, Node ${node}, npm ${npm}, pnpm ${pnpm}. Medians of ${runs} runs in turn (least to most), after one that does not count.`,
    title('Goals'),
    show(goalTable(goals)),
    title('Time to a verdict'),
    'Of others: how many times as long they took as npmrc-preflight, run by run. Of the floor: how many times as long npmrc-preflight took.',
    show(timeTable(figures.times)),
    title('Requests, bytes, memory'),
    show(weightTable(figures)),
    title('Start'),
    show(startTable(figures)),
    title('Size'),
    show(sizeTable(figures)),
    '',
  ].join('\n\n');
}

function goalTable(goals: readonly GoalResult[]): Table {
  return [
    ['goal', 'measured', ''],
    ...goals.map(({ goal, measured, met }) => [goal, measured, met === null ? '' : met ? 'met' : 'missed']),
  ];
}

function timeTable(all: readonly CellTimes[]): Table {
  const shown = peers.filter((name) => all.some(({ times }) => times.has(name)));
  return [
    ['packages', 'from', 'round trip', 'refused', 'npmrc-preflight', 'over the floor', ...shown],
    ...all.map(({ cell, times, silent }) => {
      const own = times.get('npmrc-preflight') ?? [];
      const floor = times.get('floor') ?? [];
      return [
        count(cell.packages),
        cell.source === 'direct' ? 'package.json' : 'lockfile',
        `${cell.roundTrip} ms`,
        cell.refused,
        spread(spreadOf(own), (value) => `${(value / 1000).toFixed(2)} s`),
        spread(pairedRatio(own, floor), times2),
        ...shown.map((name) => {
          const theirs = times.get(name);
          if (!theirs) return '';
          const text = spread(pairedRatio(theirs, own), times2);
          return silent.has(name) ? `${text}, notices nothing` : text;
        }),
      ];
    }),
  ];
}

function weightTable({ weights }: Figures): Table {
  return [
    [
      'packages',
      'versions each',
      'from',
      'refused',
      '',
      'requests',
      'round trips',
      'connections',
      'bytes',
      'peak memory',
    ],
    ...weights.map(({ weighing: { world, source }, contender, counts, peak }) => [
      count(world.packages),
      count(world.versions),
      source === 'direct' ? 'package.json' : 'lockfile',
      world.refused,
      contender,
      count(counts.requests),
      count(counts.roundTrips),
      count(counts.connections),
      `${(counts.bytes / 1e6).toFixed(2)} MB`,
      peak === null ? '' : `${(peak / 1e6).toFixed(0)} MB`,
    ]),
  ];
}

function startTable({ starts }: Figures): Table {
  const node = starts.get('node -e 0') ?? [];
  return [
    ['', 'time', 'over node -e 0'],
    ...startNames.map((name) => {
      const own = starts.get(name) ?? [];
      const over = spreadOf(own).median - spreadOf(node).median;
      return [name, spread(spreadOf(own), milliseconds), name === 'node -e 0' ? '' : milliseconds(over)];
    }),
  ];
}

function sizeTable({ sizes }: Figures): Table {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return [
    ['file', 'plain', 'gzipped'],
    ...sizes.map(({ file, plain, gzipped }) => [file, kilobytes(plain), kilobytes(gzipped)]),
  ];
}

function spread({ median, least, most }: Spread, say: (value: number) => string): string {
  const bare = (value: number) => say(value).replace(/[^\d.].*$/, '');
  return `${say(median)} (${bare(least)} to ${bare(most)})`;
}

function times2(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function markdownTable([head = [], ...rows]: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function textTable(rows: Table): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
