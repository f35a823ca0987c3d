import type { Source } from '../../domain/source.ts';
import { type BerryEntry, sourceOf } from './berry-entry.ts';
import { groupSettings, listSettings, singleSettings } from './berry-fields.ts';
import type { BerryGroup, BerryInterpreter } from './berry-interpret.ts';
import { knowsSetting } from './berry-rules.ts';
import type { RcMap, RcValue } from './berry-value.ts';

/** The settings that count. Of one name the first that is taken counts. */
export interface EffectiveSettings {
  take(settings: ReadonlyMap<string, RcValue>): void;
  /** Looks at the mappings of every file, as Yarn 2 and 3 do even where a nearer file hides an entry (measured: `yarn config get`). */
  check(files: readonly RcMap[]): void;
  single(name: string): BerryEntry | undefined;
  /** The items of a list, and where the last of them stands. */
  list(name: string): { items: readonly string[]; source: Source | null };
  groups(name: string): ReadonlyMap<string, BerryGroup>;
  /** The settings of one place that decide requests, each marked whether it counts. */
  entriesOf(place: ReadonlyMap<string, RcValue>): readonly BerryEntry[];
}

const byVariableOnly = 'The rcFilename settings can only be set via YARN_RC_FILENAME, not via a rc file';

/** Settings that Yarn has but that decide no request are looked at for their references only: one without a value ends it. */
export function effectiveSettings(reader: BerryInterpreter, version: string): EffectiveSettings {
  const singles = new Map<string, BerryEntry>();
  const lists = new Map<string, ReturnType<BerryInterpreter['list']>>();
  const groups = new Map<string, ReadonlyMap<string, BerryGroup>>();
  const used = new Set<BerryEntry['setting'] | RcValue>();

  return {
    take: (settings) => {
      for (const [name, value] of settings) takeOne(name, value);
    },
    check(files) {
      for (const { entries } of files) {
        for (const name of groupSettings) {
          const value = entries.get(name);
          if (value) reader.groups(name, value);
        }
      }
    },
    single: (name) => singles.get(name),
    list(name) {
      const items = lists.get(name) ?? [];
      const last = items.at(-1)?.item;
      return { items: items.map(({ text }) => text), source: last ? sourceOf(last.place, name) : null };
    },
    groups: (name) => groups.get(name) ?? new Map(),
    entriesOf,
  };

  function takeOne(name: string, value: RcValue): void {
    if (singles.has(name) || lists.has(name) || knowsSetting(version, name) === 'no') return;
    const field = Object.hasOwn(singleSettings, name) ? singleSettings[name] : undefined;
    if (field) {
      const entry = reader.single([name], field, value);
      if (!entry) return;
      singles.set(name, entry);
      used.add(entry.setting);
    } else if (listSettings.includes(name)) {
      const items = reader.list([name], value);
      lists.set(name, items);
      for (const { item } of items) used.add(item);
    } else if (groupSettings.includes(name)) {
      const found = reader.groups(name, value);
      groups.set(name, found);
      for (const group of found.values()) for (const { setting } of group.values()) used.add(setting);
    } else if (name === 'rcFilename') reader.stop('Usage Error', byVariableOnly, value.place);
    else if (name !== 'plugins' && knowsSetting(version, name) === 'yes') replaceOnly(name, value);
  }

  function replaceOnly(name: string, value: RcValue): void {
    for (const item of value.kind === 'list' ? value.items : [value]) {
      const stops = item.kind === 'text' ? reader.entry([name], item).stops : null;
      if (stops !== null) reader.stop('Usage Error', stops, item.place);
    }
  }

  function entriesOf(place: ReadonlyMap<string, RcValue>): readonly BerryEntry[] {
    const found: BerryEntry[] = [];
    const add = (path: readonly string[], value: RcValue) => {
      const entry = reader.entry(path, value);
      const items = value.kind === 'list' ? value.items : [value];
      const counts = entry.ended || used.has(entry.setting) || items.some((item) => used.has(item));
      if (!counts) entry.setting = { ...entry.setting, inEffect: false };
      found.push(entry);
    };
    for (const [name, value] of place) {
      if (Object.hasOwn(singleSettings, name) || listSettings.includes(name)) add([name], value);
      if (!groupSettings.includes(name) || value.kind !== 'map') continue;
      for (const [key, group] of value.entries) {
        if (group.kind !== 'map') continue;
        for (const [field, item] of group.entries) if (item.kind === 'text') add([name, key, field], item);
      }
    }
    return found;
  }
}
