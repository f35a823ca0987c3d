import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { nodeRecorder, pairsOf, type YamlNode } from '../yaml-nodes.ts';
import type { RcFile, RcMap, RcPlace, RcValue } from './berry-value.ts';

/**
 * A `.yarnrc.yml` as Yarn reads it. `tree` has the places of its upper nodes (`null` in an empty or a huge file); `endless`: an
 * alias contains itself. Faulty: `line` and `column` count from 1.
 */
export type RcReading =
  | { kind: 'read'; root: RcMap; tree: YamlNode | null; endless: boolean }
  | { kind: 'faulty'; line: number; column: number; why: string };

/** Longer texts are not read: no person wrote them, and the time must stay bounded. */
export const longestRcText = 4_000_000;
/** In longer texts places are not recorded: no person wrote them. */
const longestWithPlaces = 1_000_000;
/** Settings lie at most this deep; what lies below means nothing to Yarn's own settings. */
const deepest = 8;

/**
 * The settings of a `.yarnrc.yml`: texts, lists and mappings, no other types; of equal keys the last counts, unless this version refuses
 * them (`twins` false). Measured: `yarn config get` on 2.4.1 to 4.18.1; @yarnpkg/parsers parseSyml.
 */
export function readRcYaml(text: string, file: RcFile, twins: boolean): RcReading {
  const recorder = text.length > longestWithPlaces ? null : nodeRecorder();
  let value: unknown;
  try {
    value = load(text, {
      schema: FAILSAFE_SCHEMA,
      json: twins,
      ...(recorder ? { listener: recorder.listener } : {}),
    });
  } catch (error) {
    return faultOf(error);
  }
  const tree = recorder?.root() ?? null;
  const place: RcPlace = { kind: 'file', file, line: 1, column: 1 };
  if (value === undefined || value === null) {
    return { kind: 'read', root: { kind: 'map', entries: new Map(), place }, tree, endless: false };
  }
  const reader = valueReader(text, file);
  const root = reader.read(value, tree, place, 0);
  if (root.kind !== 'map') {
    const what = root.kind === 'list' ? 'a list' : 'a single text';
    return { kind: 'faulty', line: 1, column: 1, why: `settings stand as "key: value", this is ${what}` };
  }
  return { kind: 'read', root, tree, endless: reader.endless() };
}

function faultOf(error: unknown): RcReading {
  if (!(error instanceof YAMLException)) {
    return { kind: 'faulty', line: 1, column: 1, why: 'it nests too deep' };
  }
  const { line = 0, column = 0 } = error.mark ?? {};
  return { kind: 'faulty', line: line + 1, column: column + 1, why: error.reason };
}

/** Turns the parser's objects into values. An object that several aliases share is read once, so aliases can't multiply the work. */
function valueReader(text: string, file: RcFile) {
  const done = new Map<object, RcValue>();
  const inside = new Set<object>();
  let endless = false;

  function read(value: unknown, node: YamlNode | null, place: RcPlace, depth: number): RcValue {
    if (typeof value === 'string') return { kind: 'text', text: value, place };
    if (typeof value !== 'object' || value === null) return { kind: 'nothing', place };
    if (inside.has(value)) endless = true;
    if (inside.has(value) || depth >= deepest) return { kind: 'nothing', place };
    const known = done.get(value);
    if (known) return known;
    inside.add(value);
    const result = Array.isArray(value)
      ? listOf(value, node, place, depth)
      : mapOf(value, node, place, depth);
    inside.delete(value);
    done.set(value, result);
    return result;
  }

  function listOf(values: readonly unknown[], node: YamlNode | null, place: RcPlace, depth: number): RcValue {
    const nodes = node?.kind === 'sequence' && node.children.length === values.length ? node.children : [];
    const items = values.map((item, index) => {
      const own = nodes[index] ?? null;
      return read(item, own, own ? placeOf(own) : place, depth + 1);
    });
    return { kind: 'list', items, place };
  }

  function mapOf(value: object, node: YamlNode | null, place: RcPlace, depth: number): RcValue {
    const pairs = pairsOf(node, text);
    const entries = new Map<string, RcValue>();
    for (const [key, item] of Object.entries(value)) {
      const pair = pairs.get(key);
      entries.set(key, read(item, pair?.value ?? null, pair ? placeOf(pair.key) : place, depth + 1));
    }
    return { kind: 'map', entries, place };
  }

  function placeOf({ line, column }: YamlNode): RcPlace {
    return { kind: 'file', file, line, column };
  }

  return { read, endless: () => endless };
}
