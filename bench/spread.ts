/** The middle of several runs, with the least and the most. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

/** Throws a RangeError for no values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const least = sorted[0];
  const most = sorted.at(-1);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (least === undefined || most === undefined || low === undefined || high === undefined)
    throw new RangeError('no runs');
  return { median: (low + high) / 2, least, most };
}

/** Run by run how many times as long `a` took as `b`: the runs that came one after the other are compared. */
export function pairedRatio(a: readonly number[], b: readonly number[]): Spread {
  return spreadOf(a.map((value, index) => value / (b[index] ?? Number.NaN)));
}
