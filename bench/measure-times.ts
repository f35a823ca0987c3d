import type { BenchWorld } from './bench-world.ts';
import type { Cell, Extent } from './cells.ts';
import { arenaOf, type ContenderName, runContender, type Tools } from './contenders.ts';
import { type RunningRegistry, runRegistry } from './running-registry.ts';

/** The times of a cell by contender, in milliseconds, run by run: equal places were measured one after the other. */
export interface CellTimes {
  cell: Cell;
  times: ReadonlyMap<ContenderName, readonly number[]>;
  /** Those that end with 0 though packages are refused. */
  silent: ReadonlySet<ContenderName>;
}

/** Measures every cell; contenders run in turn, so that a change of the machine's speed meets all of them. */
export async function measureTimes(
  { runs, cells }: Extent,
  tools: Tools,
  { registry: program, onCell }: { registry: string; onCell?: (done: number, of: number) => void },
): Promise<readonly CellTimes[]> {
  const measured: CellTimes[] = [];
  for (const alike of byWorld(cells)) {
    const [first] = alike;
    if (!first) continue;
    const registry = await runRegistry(program, worldOf(first));
    try {
      for (const cell of alike) {
        await registry.setRoundTrip(cell.roundTrip);
        measured.push(await measureCell(cell, registry, { runs, tools }));
        onCell?.(measured.length, cells.length);
      }
    } finally {
      await registry.close();
    }
  }
  return measured;
}

function worldOf({ packages, refused }: Cell): BenchWorld {
  return { packages, versions: 1, refused };
}

/** The cells whose world is the same share a registry. */
function byWorld(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const worlds = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify(worldOf(cell));
    worlds.set(key, [...(worlds.get(key) ?? []), cell]);
  }
  return [...worlds.values()];
}

async function measureCell(
  cell: Cell,
  registry: RunningRegistry,
  { runs, tools }: { runs: number; tools: Tools },
): Promise<CellTimes> {
  const arena = arenaOf(worldOf(cell), cell.source, registry.url, tools);
  const times = new Map<ContenderName, number[]>(cell.contenders.map((name) => [name, []]));
  const silent = new Set<ContenderName>();
  try {
    for (let run = 0; run <= runs; run += 1) {
      for (const name of cell.contenders) {
        const { ms, code } = await runContender(name, arena);
        await registry.count();
        if (run > 0) times.get(name)?.push(ms);
        if (cell.refused !== 'none' && code === 0) silent.add(name);
      }
    }
  } finally {
    arena.checkout.remove();
  }
  return { cell, times, silent };
}
