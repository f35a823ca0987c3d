import type { NpmrcEntry } from './read-npmrc.ts';

/** The lines of one key as it is written: the last one counts, of `key[]` lines all, with those before them. */
export interface LineGroup {
  last: NpmrcEntry;
  values: string[];
  list: boolean;
}

/** The lines of an rc file by their keys, in the order of the keys' first lines. */
export function groupedLines(entries: readonly NpmrcEntry[]): readonly LineGroup[] {
  const byKey = new Map<string, LineGroup>();
  for (const last of entries) {
    const before = byKey.get(last.key);
    const list = last.list || before?.list === true;
    const values = list && before ? before.values : [];
    values.push(lineValue(last));
    byKey.set(last.key, { last, list, values });
  }
  return [...byKey.values()];
}

/** The text of a line's value; a key without `=` is on. */
export function lineValue({ value }: NpmrcEntry): string {
  return value === true ? 'true' : value;
}
