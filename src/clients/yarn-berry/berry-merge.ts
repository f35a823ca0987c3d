import type { RcMap, RcPlace, RcValue } from './berry-value.ts';

/** Mappings whose entries meet entry by entry; of all other settings one file's value counts. */
const mappings = new Set(['npmScopes', 'npmRegistries', 'networkSettings']);

/**
 * The settings of several files in one, as Yarn 2 and 3 join them: the nearest file's value counts, of mappings each entry of the nearest
 * file that has it. `files` stand weakest first. Measured: y12, y12b; @yarnpkg/core 3.7.0.
 */
export function mergeNearest(files: readonly RcMap[]): ReadonlyMap<string, RcValue> {
  const merged = new Map<string, RcValue>();
  for (const { entries } of files) {
    for (const [key, value] of entries) {
      const below = merged.get(key);
      const joins = mappings.has(key) && value.kind === 'map' && below?.kind === 'map';
      const empty = mappings.has(key) && value.kind === 'nothing' && below !== undefined;
      if (joins) merged.set(key, { ...value, entries: new Map([...below.entries, ...value.entries]) });
      else if (!empty) merged.set(key, value);
    }
  }
  return merged;
}

/**
 * The settings of several files in one, as Yarn 4 joins them: mappings key by key, lists one behind the other, of texts the nearest;
 * `onConflict` (`reset`, `hardReset`, `extend`) says otherwise. `files` stand weakest first. Measured: y12; @yarnpkg/core 4.9.3; `yarn config get`.
 */
export function mergeDeep(files: readonly RcMap[]): ReadonlyMap<string, RcValue> {
  const merged = resolve(files, 0);
  return merged?.kind === 'map' ? merged.entries : new Map();
}

type Cell = RcValue | undefined;

/** What the files' values of one key (weakest first) come to; `null` when none has it. Depth is bounded by how values are read. */
function resolve(cells: readonly Cell[], visibleFrom: number): RcValue | null {
  let kind: string | null = null;
  let first = visibleFrom;
  let reset = 0;
  let last = cells.length;
  const relevant: RcValue[] = [];
  for (let at = cells.length - 1; at >= first; at -= 1) {
    const { value, onConflict } = withoutMarker(cells[at]);
    if (value === undefined) continue;
    kind ??= kindOf(value);
    if (kindOf(value) !== kind || onConflict === 'hardReset') {
      reset = last;
      break;
    }
    if (kind === 'literal') return value;
    relevant.unshift(value);
    if (onConflict === 'reset') {
      reset = at;
      break;
    }
    if (onConflict === 'extend' && at === first) first = 0;
    last = at;
  }
  const strongest = relevant.at(-1);
  if (!strongest) return null;
  if (kind === 'list') {
    const items = relevant.flatMap((value) => (value.kind === 'list' ? value.items : []));
    return { kind: 'list', items, place: strongest.place };
  }
  return joined(cells, relevant, reset, strongest.place);
}

function joined(cells: readonly Cell[], relevant: readonly RcValue[], reset: number, place: RcPlace): RcMap {
  const keys = new Set(relevant.flatMap((value) => (value.kind === 'map' ? [...value.entries.keys()] : [])));
  const below = cells.map((cell) => withoutMarker(cell).value);
  const fromEnd = [...below]
    .reverse()
    .findIndex((value) => value !== undefined && kindOf(value) !== 'mapping');
  const seen = fromEnd === -1 ? below : below.slice(fromEnd + 1);
  const entries = new Map<string, RcValue>();
  for (const key of keys) {
    const column = seen.map((value) => (value?.kind === 'map' ? value.entries.get(key) : undefined));
    entries.set(key, resolve(column, fromEnd === -1 ? reset : 0) ?? { kind: 'nothing', place });
  }
  return { kind: 'map', entries, place };
}

function kindOf(value: RcValue): 'mapping' | 'list' | 'literal' {
  return value.kind === 'map' ? 'mapping' : value.kind === 'list' ? 'list' : 'literal';
}

function withoutMarker(cell: Cell): { value: Cell; onConflict: string } {
  const marker = cell?.kind === 'map' ? cell.entries.get('onConflict') : undefined;
  if (cell?.kind !== 'map' || marker?.kind !== 'text') return { value: cell, onConflict: 'default' };
  const { entries } = cell;
  if (entries.has('value')) return { value: entries.get('value'), onConflict: marker.text };
  const rest = new Map([...entries].filter(([key]) => key !== 'onConflict'));
  return { value: { ...cell, entries: rest }, onConflict: marker.text };
}
