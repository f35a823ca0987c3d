import { createHash } from 'node:crypto';

/** Draws that depend on nothing but a text. */
export interface SeededChoice {
  /** At least 0, less than 1. */
  fraction(): number;
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  one<T>(list: readonly [T, ...T[]]): T;
  bytes(count: number): Buffer;
}

/** The same text gives the same draws on every machine and Node, in whatever order other texts are asked. */
export function seededChoice(text: string): SeededChoice {
  let state = createHash('sha256').update(text).digest().readUInt32LE(0);
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    fraction,
    below,
    one: (list) => list[below(list.length)] ?? list[0],
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
  };
}
