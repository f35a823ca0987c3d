import type { Refused } from './bench-world.ts';
import { type ContenderName, contendersOf } from './contenders.ts';
import type { Source } from './lay-checkout.ts';
import type { Weighing } from './measure-weights.ts';

/** One row of the table of times: a world, a source, a round trip, and who runs in it. */
export interface Cell {
  packages: number;
  refused: Refused;
  source: Source;
  /** Milliseconds that the server adds to each request and each connection. */
  roundTrip: number;
  contenders: readonly ContenderName[];
}

/** How much is measured. `runs`: counted runs of each contender, after one that is not counted. */
export interface Extent {
  runs: number;
  cells: readonly Cell[];
  weighings: readonly Weighing[];
}

const own: readonly ContenderName[] = ['npmrc-preflight', 'floor'];
const sources = ['direct', 'lockfile'] as const;
const outcomes = ['none', 'one', 'all'] as const;
const roundTrips = [0, 50] as const;

/** Everything that the documentation shows. Peers that take minutes run where their figure says something, not everywhere. */
export function fullExtent(): Extent {
  const sizes = [1, 50, 200, 1000];
  const cells = sizes.flatMap((packages) =>
    sources.flatMap((source) =>
      roundTrips.flatMap((roundTrip) =>
        outcomes
          .filter((refused) => isTelling({ packages, refused, roundTrip }))
          .map(
            (refused): Cell => ({
              packages,
              refused,
              source,
              roundTrip,
              contenders: contendersOf[source].filter((name) =>
                runsIn(name, { packages, refused, roundTrip }),
              ),
            }),
          ),
      ),
    ),
  );
  return { runs: 5, cells, weighings: weighings([1, 100, 3000], [50, 1000]) };
}

/** A small sample of it. */
export function quickExtent(): Extent {
  const cells = [1, 50].flatMap((packages) =>
    sources.flatMap((source) =>
      (packages === 1 ? (['none'] as const) : (['none', 'all'] as const)).flatMap((refused) =>
        roundTrips.map(
          (roundTrip): Cell => ({
            packages,
            refused,
            source,
            roundTrip,
            contenders:
              packages === 50 && refused === 'none' && roundTrip === 50
                ? contendersOf[source].filter((name) => name !== 'npm view, one by one')
                : own,
          }),
        ),
      ),
    ),
  );
  return { runs: 3, cells, weighings: weighings([1, 100], [50]) };
}

/** One of one is all of them, and a thousand answers take their time whether refusals are among them or not. */
function isTelling({
  packages,
  refused,
  roundTrip,
}: Pick<Cell, 'packages' | 'refused' | 'roundTrip'>): boolean {
  if (packages === 1) return refused !== 'one';
  return packages < 1000 || refused === 'none' || roundTrip > 0;
}

function runsIn(
  name: ContenderName,
  { packages, refused, roundTrip }: Pick<Cell, 'packages' | 'refused' | 'roundTrip'>,
): boolean {
  if (own.includes(name)) return true;
  if (name === 'npm view, one by one') return packages === 1 && refused === 'none';
  if (packages >= 200) {
    const short = packages === 200 ? name !== 'npm install' : name === 'npm ci';
    return short && refused === 'none' && roundTrip === 50;
  }
  return refused === 'none' || (packages === 50 && roundTrip === 50);
}

/** Everybody with packages of several numbers of versions, and what the goals speak of. */
function weighings(versions: readonly number[], sizes: readonly number[]): readonly Weighing[] {
  const world = { packages: 50, versions: 1, refused: 'none' } as const;
  const installers = (source: Source) =>
    contendersOf[source].filter((name) => name !== 'npm view, one by one');
  return [
    ...versions.map(
      (count): Weighing => ({
        world: { ...world, versions: count },
        source: 'direct',
        contenders: installers('direct'),
      }),
    ),
    { world, source: 'lockfile', contenders: installers('lockfile') },
    ...sources.flatMap((source) =>
      (['one', 'all'] as const).map(
        (refused): Weighing => ({ world: { ...world, refused }, source, contenders: own }),
      ),
    ),
    ...sizes
      .filter((packages) => packages > 50)
      .flatMap((packages) =>
        sources.map((source): Weighing => ({ world: { ...world, packages }, source, contenders: own })),
      ),
  ];
}
