import type { IncludeKind } from '../domain/dependency.ts';

/**
 * The ways by which an install comes to a package. One way is a set of kinds as bits: all of them must be included for the way to count.
 * Only the smallest ways are kept: one that needs more than another says nothing new.
 */
export type Ways = readonly number[];

const bits = { prod: 1, dev: 2, optional: 4, peer: 8 } as const satisfies Record<IncludeKind, number>;
const order = ['prod', 'dev', 'optional', 'peer'] as const satisfies readonly IncludeKind[];

/** The way that needs one kind beside those of another way. */
export function wayWith(way: number, kind: IncludeKind): number {
  return way | bits[kind];
}

/** The ways with one more; the same array when it says nothing new. */
export function addWay(ways: Ways, way: number): Ways {
  if (ways.length === 0) return [way];
  if (ways.some((known) => (known & way) === known)) return ways;
  return [...ways.filter((known) => (known & way) !== way), way];
}

/** The ways as lists of kinds. */
export function kindsOfWays(ways: Ways): IncludeKind[][] {
  return ways.map((way) => order.filter((kind) => (way & bits[kind]) !== 0));
}

/** Each kind as a way of its own: for what any of them may bring in. */
export function everyWay(): Ways {
  return order.map((kind) => bits[kind]);
}

/** The ways that the flags of a lock entry tell, as `npm ci --omit` reads them: no flag is production. */
export function waysOfFlags(entry: {
  dev: boolean;
  optional: boolean;
  devOptional: boolean;
  peer: boolean;
}): Ways {
  const peer = entry.peer ? bits.peer : 0;
  if (entry.devOptional) return [bits.dev | peer, bits.optional | peer];
  const base = entry.dev ? bits.dev : entry.optional || entry.peer ? 0 : bits.prod;
  return [base | (entry.optional ? bits.optional : 0) | peer];
}
