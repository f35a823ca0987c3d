import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measure } from '../bench/bench.ts';
import type { Extent } from '../bench/cells.ts';
import { arenaOf, runContender } from '../bench/contenders.ts';
import { judgeGoals } from '../bench/goals.ts';
import { renderFigures } from '../bench/render-figures.ts';
import { pairedRatio, spreadOf } from '../bench/spread.ts';
import { temporaryFolder } from './support/temporary-tree.ts';

const own = ['npmrc-preflight', 'floor'] as const;
const one = { packages: 1, versions: 1 } as const;

/** The bench with one package and one run. */
const smallest: Extent = {
  runs: 1,
  cells: [
    {
      packages: 1,
      refused: 'none',
      source: 'lockfile',
      roundTrip: 0,
      contenders: [...own, 'npm ci', 'pnpm install --frozen-lockfile'],
    },
    {
      packages: 1,
      refused: 'all',
      source: 'direct',
      roundTrip: 0,
      contenders: [...own, 'npm install --dry-run'],
    },
  ],
  weighings: [
    { world: { ...one, refused: 'none' }, source: 'lockfile', contenders: [...own, 'npm ci'] },
    { world: { ...one, refused: 'none' }, source: 'direct', contenders: own },
    { world: { ...one, versions: 3, refused: 'all' }, source: 'lockfile', contenders: own },
  ],
};

describe('a bench with one package', () => {
  it('ends as its worlds make every contender end', async () => {
    const figures = await measure(smallest);
    expect(
      figures.times.map(({ cell, times }) => [
        cell.source,
        [...times].map(([name, runs]) => [name, runs.length]),
      ]),
    ).toEqual([
      [
        'lockfile',
        [
          ['npmrc-preflight', 1],
          ['floor', 1],
          ['npm ci', 1],
          ['pnpm install --frozen-lockfile', 1],
        ],
      ],
      [
        'direct',
        [
          ['npmrc-preflight', 1],
          ['floor', 1],
          ['npm install --dry-run', 1],
        ],
      ],
    ]);
    expect([...figures.starts].map(([name, runs]) => [name, runs.length])).toEqual([
      ['node -e 0', 2],
      ['--version', 2],
      ['--offline, 10 packages', 2],
      ['--offline, 5,000 packages', 2],
    ]);

    // the fewest requests are one for the tarball, and one for the metadata before it where no lockfile names it
    const counted = figures.weights.map(({ weighing: { source, world }, contender, counts }) => [
      `${source}, ${world.refused} refused: ${contender}`,
      counts.requests,
      counts.roundTrips,
    ]);
    expect(counted.filter(([name]) => !/all refused: npmrc/.test(String(name)))).toEqual([
      ['lockfile, none refused: npmrc-preflight', 1, 1],
      ['lockfile, none refused: floor', 1, 1],
      ['lockfile, none refused: npm ci', 1, 1],
      ['direct, none refused: npmrc-preflight', 2, 2],
      ['direct, none refused: floor', 2, 2],
      ['lockfile, all refused: floor', 1, 1],
    ]);
    for (const { counts, peak } of figures.weights) {
      expect(counts.connections).toBeGreaterThan(0);
      expect(counts.connections).toBeLessThanOrEqual(counts.requests);
      expect(counts.bytes).toBeGreaterThan(counts.requests * 100);
      expect(peak).toBeGreaterThan(10e6);
    }

    const text = renderFigures(figures, judgeGoals(figures), 'markdown');
    const tables = text.split('\n\n').filter((part) => part.startsWith('|'));
    expect(tables).toHaveLength(5);
    for (const table of tables) {
      const widths = table.split('\n').map((line) => line.split('|').length);
      expect(new Set(widths).size, table).toBe(1);
    }
    expect(text).toContain('50 packages, 50 ms: 3 times as fast as npm ci | not measured |');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  }, 240_000);
});

describe('a contender', () => {
  const world = { packages: 1, versions: 1, refused: 'all' } as const;

  it.each([
    ['passes', 'process.exit(0)', 'npmrc-preflight ended with 0'],
    ['crashes', 'process.exit(7)', 'npmrc-preflight ended with 7'],
  ])('that %s where packages are refused gives no figure', async (_, text, said) => {
    const folder = temporaryFolder();
    const bundle = join(folder, 'program.cjs');
    writeFileSync(bundle, text);
    const arena = arenaOf(world, 'lockfile', 'http://127.0.0.1:9', { ...nothing, bundle });
    try {
      await expect(runContender('npmrc-preflight', arena)).rejects.toThrow(said);
    } finally {
      arena.checkout.remove();
      rmSync(folder, { recursive: true });
    }
  });
});

/** Tools of which only Node is there. */
const nobody = { id: 'npm-11', name: 'npm', version: '11.0.0', node: '' } as const;
const client = { ...nobody, run: () => ({ command: '', args: [] }), install: () => {} };
const nothing = { node: process.execPath, nodeVersion: '', npm: client, pnpm: client, bin: '', floor: '' };

describe('a spread', () => {
  it.each([
    [[3], { median: 3, least: 3, most: 3 }],
    [[4, 1, 3], { median: 3, least: 1, most: 4 }],
    [[10, 2, 4, 1], { median: 3, least: 1, most: 10 }],
  ])('of %j', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread);
  });

  it('of nothing is an error, not a figure', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });

  it('of ratios compares the runs that were made together', () => {
    expect(pairedRatio([10, 40, 30], [10, 20, 10])).toEqual({ median: 2, least: 1, most: 3 });
  });
});
