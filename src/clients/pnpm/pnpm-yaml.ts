import { load } from 'js-yaml';
import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { isRecord } from '../../domain/record.ts';
import type { Source } from '../../domain/source.ts';
import { printableText } from '../npmrc/printable-line.ts';
import { shownPath } from '../world-paths.ts';

/**
 * The top level of a YAML file as pnpm reads it. `malformed`: pnpm ends on it. `source` gives the place of a key, the first line that
 * has it below the given parents.
 */
export interface PnpmYaml {
  file: ClientFile;
  malformed: boolean;
  empty: boolean;
  get(key: string): unknown;
  has(key: string): boolean;
  keys: readonly string[];
  source(...keys: readonly string[]): Source;
}

/** Reads pnpm-workspace.yaml or config.yaml at an absolute path; texts that are no YAML mapping are `malformed`, an empty one is not. */
export function readPnpmYaml(world: ClientWorld, path: string, role: ClientFile['role']): PnpmYaml {
  const reading = world.files.read(path);
  const text = reading.kind === 'text' ? reading.text : '';
  const parsed = parse(text);
  let places: Places | null = null;
  const top = parsed.kind === 'mapping' ? parsed.top : null;
  const file: ClientFile =
    reading.kind === 'text'
      ? { path, role, state: 'read' }
      : reading.kind === 'unreadable'
        ? { path, role, state: 'unreadable', why: reading.why }
        : { path, role, state: reading.kind };
  return {
    file,
    malformed: parsed.kind === 'malformed',
    empty: parsed.kind === 'empty',
    get: (key) => (top && Object.hasOwn(top, key) ? top[key] : undefined),
    keys: top ? Object.keys(top) : [],
    has: (key) => top !== null && Object.hasOwn(top, key),
    source(...keys) {
      places ??= placesIn(text);
      return placeOf(places, keys, shownPath(world, path));
    },
  };
}

/** The entries of a YAML or JSON mapping; empty for anything else. */
export function mappingEntries(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : [];
}

type Parsed = { kind: 'mapping'; top: Record<string, unknown> } | { kind: 'empty' } | { kind: 'malformed' };

function parse(text: string): Parsed {
  try {
    const value = load(text);
    if (value === undefined || value === null) return { kind: 'empty' };
    return isRecord(value) ? { kind: 'mapping', top: value } : { kind: 'malformed' };
  } catch {
    return { kind: 'malformed' };
  }
}

type Places = ReadonlyMap<string, readonly { line: number; column: number }[]>;

/** Where each text stands that looks like a key, so that many keys are found without reading the file again. */
function placesIn(text: string): Places {
  const places = new Map<string, { line: number; column: number }[]>();
  for (const [index, lineText] of text.split('\n').entries()) {
    const start = lineText.length - lineText.trimStart().length;
    const key = keyAt(lineText.slice(start, start + longestKey));
    if (key === null) continue;
    const place = { line: index + 1, column: start + 1 };
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  }
  return places;
}

const longestKey = 2048;

/** The key at the start of a line: in quotes, or up to a colon that a space or the line's end follows. */
function keyAt(text: string): string | null {
  const quoted = /^(["'])(.*?)\1\s*:/.exec(text)?.[2];
  return quoted ?? /^([^\s"'#][^#]*?)\s*:(?:\s|$)/.exec(text)?.[1] ?? null;
}

function placeOf(places: Places, keys: readonly string[], path: string): Source {
  let at = { line: 1, column: 1 };
  for (const key of keys) at = places.get(key)?.find(({ line }) => line >= at.line) ?? at;
  return { kind: 'file', path, ...at, key: printableText(keys.join('.').slice(0, longestKey)) };
}
