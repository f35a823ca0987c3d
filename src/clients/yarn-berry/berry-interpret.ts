import type { ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { printableText } from '../npmrc/printable-line.ts';
import type { Variables } from '../npmrc/references.ts';
import { type BerryEntry, berryEntry, sourceOf } from './berry-entry.ts';
import { type BerryField, groupField } from './berry-fields.ts';
import { resolveFrom } from './berry-paths.ts';
import type { BerryRules } from './berry-rules.ts';
import type { RcPlace, RcValue } from './berry-value.ts';

/** The settings of one scope, registry or host, by field. */
export type BerryGroup = ReadonlyMap<string, BerryEntry>;

/** Reads values as Yarn does. Values at which Yarn ends are collected in `stops`, first one first, and give nothing. */
export interface BerryInterpreter {
  stops: ClientStop[];
  stop(code: string, message: string, place: RcPlace): void;
  /** The one entry of a value at a path: the same object each time. */
  entry(path: readonly string[], value: RcValue): BerryEntry;
  single(path: readonly string[], field: BerryField, value: RcValue): BerryEntry | null;
  list(path: readonly string[], value: RcValue): readonly { text: string; item: RcValue }[];
  groups(name: string, value: RcValue): ReadonlyMap<string, BerryGroup>;
}

/** Measured: y07, y13b, yq2, yq6; texts: `yarn config get` on 2.4.1 to 4.18.1. */
export function interpreter(
  world: ClientWorld,
  rules: BerryRules,
  version: string,
  variables: Variables,
): BerryInterpreter {
  const stops: ClientStop[] = [];
  const entries = new Map<RcValue, Map<string, BerryEntry>>();

  return { stops, stop, entry, single, list, groups };

  function stop(code: string, message: string, place: RcPlace): void {
    stops.push({ code, message: printableText(message), source: sourceOf(place) });
  }

  function entry(path: readonly string[], value: RcValue): BerryEntry {
    const byPath = entries.get(value) ?? new Map<string, BerryEntry>();
    entries.set(value, byPath);
    const key = JSON.stringify(path);
    const known = byPath.get(key) ?? berryEntry(path, value, variables, rules);
    byPath.set(key, known);
    return known;
  }

  function single(path: readonly string[], field: BerryField, value: RcValue): BerryEntry | null {
    const name = yarnName(path);
    const wrong = (code: string, message: string) => {
      stop(code, message, value.place);
      return null;
    };
    if (value.kind === 'list')
      return wrong('Internal Error', `Non-array configuration settings "${name}" cannot be an array`);
    if (value.kind === 'nothing' && !field.nullable)
      return wrong('Internal Error', `Non-nullable configuration settings "${name}" cannot be set to null`);
    if (value.kind !== 'text' && field.type === 'switch')
      return wrong(
        'Internal Error',
        `Couldn't parse "${value.kind === 'map' ? '[object Object]' : 'null'}" as a boolean`,
      );
    if (value.kind !== 'text')
      return wrong('Internal Error', `Expected configuration setting "${name}" to be a string, got object`);
    const found = entry(path, value);
    if (found.stops !== null) {
      found.ended = true;
      return wrong('Usage Error', found.stops);
    }
    if (field.type === 'switch' && !/^(?:true|false|1|0)$/.test(found.value))
      return wrong('Internal Error', `Couldn't parse "${found.open}" as a boolean`);
    if (field.type === 'age' && rules.ageGate.units && ageOf(found.value, true) === null)
      return wrong('Internal Error', `Couldn't parse "${found.open}" as a duration`);
    if (field.type !== 'path') return found;
    const folder = value.place.kind === 'file' ? value.place.file.folder : world.projectDirectory;
    return { ...found, value: resolveFrom(world, folder, found.value) };
  }

  function list(path: readonly string[], value: RcValue): readonly { text: string; item: RcValue }[] {
    const { place } = value;
    const parts: readonly RcValue[] =
      value.kind === 'list'
        ? value.items
        : (value.kind === 'text' ? value.text : value.kind === 'map' ? '[object Object]' : 'null')
            .split(',')
            .map((text) => ({ kind: 'text', text, place }));
    return parts.flatMap((item, index) => {
      const own = value.kind === 'list' ? [...path, String(index)] : path;
      const found = single(own, { type: 'text', nullable: true }, item);
      return found ? [{ text: found.value, item: value.kind === 'list' ? item : value }] : [];
    });
  }

  function groups(name: string, value: RcValue): ReadonlyMap<string, BerryGroup> {
    const result = new Map<string, BerryGroup>();
    if (value.kind === 'nothing') return result;
    if (value.kind !== 'map') {
      notAMapping('Map', [name], value);
      return result;
    }
    for (const [key, group] of value.entries) {
      if (key === '__proto__') continue;
      const normal = name === 'npmRegistries' ? key.replace(/\/$/, '') : key;
      result.set(normal, groupOf([name, key], group));
    }
    return result;
  }

  function notAMapping(what: 'Map' | 'Object', path: readonly string[], { kind, place }: RcValue): void {
    const name = yarnName(path);
    if (kind === 'list')
      stop('Internal Error', `Non-array configuration settings "${name}" cannot be an array`, place);
    else stop('Usage Error', `${what} configuration settings "${name}" must be an object`, place);
  }

  function groupOf(path: readonly string[], value: RcValue): BerryGroup {
    const result = new Map<string, BerryEntry>();
    if (value.kind === 'nothing') return result;
    if (value.kind !== 'map') {
      notAMapping('Object', path, value);
      return result;
    }
    for (const [field, item] of value.entries) {
      if (field === '__proto__') continue;
      const own = [...path, field];
      const taken = groupField(path[0] ?? '', field, rules, version);
      if (taken === 'unsure') continue;
      if (taken === 'unknown') {
        stop('Usage Error', `Unrecognized configuration settings found: ${yarnName(own)}`, item.place);
        continue;
      }
      const found = single(own, taken, item);
      if (found) result.set(field, found);
    }
    return result;
  }
}

/** Minutes of an age limit: a number, or from Yarn 4.11 on a length of time (`90`, `12h`, `1d`); `null` for any other text. */
export function ageOf(text: string, units: boolean): number | null {
  if (!units) {
    const count = Number.parseInt(text, 10);
    return Number.isNaN(count) ? 0 : count;
  }
  const match = /^(\d*\.?\d+)(ms|s|m|h|d|w)?$/.exec(text);
  if (!match) return null;
  const minutes = { ms: 1 / 60_000, s: 1 / 60, m: 1, h: 60, d: 1440, w: 10_080 };
  const unit = match[2] as keyof typeof minutes | undefined;
  return Number.parseFloat(match[1] ?? '') * (unit === undefined ? 1 : minutes[unit]);
}

/** A path of keys as Yarn's own messages have it: `npmScopes['acme'].npmAuthToken`. */
function yarnName(path: readonly string[]): string {
  const [name = '', group, field] = path;
  if (group === undefined) return name;
  if (/^\d+$/.test(group) && field === undefined) return `${name}[${group}]`;
  return `${name}['${group}']${field === undefined ? '' : `.${field}`}`;
}
