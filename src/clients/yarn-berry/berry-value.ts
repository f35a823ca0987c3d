import type { SettingLayer } from '../../domain/setting.ts';

/** A file of settings that Yarn reads. `folder` is absolute, `shown` the path as sources name it; `home` when it lies in the home folder. */
export interface RcFile {
  path: string;
  folder: string;
  shown: string;
  layer: SettingLayer;
  home: boolean;
}

/** Where a value stands: at its key in a file (`line` and `column` count from 1), or in a variable. */
export type RcPlace =
  | { kind: 'file'; file: RcFile; line: number; column: number }
  | { kind: 'env'; name: string };

/** A value of `.yarnrc.yml` or of a variable, as Yarn's parser gives it: nothing but texts, lists and mappings. */
export type RcValue =
  | { kind: 'text'; text: string; place: RcPlace }
  | { kind: 'nothing'; place: RcPlace }
  | { kind: 'list'; items: readonly RcValue[]; place: RcPlace }
  | { kind: 'map'; entries: ReadonlyMap<string, RcValue>; place: RcPlace };

export type RcMap = Extract<RcValue, { kind: 'map' }>;

/** Whether two values say the same, wherever they stand. Depth is bounded by how values are read. */
export function sameValue(a: RcValue, b: RcValue): boolean {
  if (a.kind === 'text') return b.kind === 'text' && a.text === b.text;
  if (a.kind === 'nothing') return b.kind === 'nothing';
  if (a.kind === 'list') {
    return (
      b.kind === 'list' &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => {
        const other = b.items[index];
        return other !== undefined && sameValue(item, other);
      })
    );
  }
  if (b.kind !== 'map' || a.entries.size !== b.entries.size) return false;
  for (const [key, value] of a.entries) {
    const other = b.entries.get(key);
    if (!other || !sameValue(value, other)) return false;
  }
  return true;
}
