import type { EventType, State } from 'js-yaml';

/** A node of a YAML text with its place: offsets of its first character and behind its last. */
export interface YamlNode {
  start: number;
  end: number;
  line: number;
  column: number;
  kind: 'mapping' | 'sequence' | 'scalar' | 'other';
  text: string | null;
  children: YamlNode[];
}

/** What the parser shows its listener, of which the type declarations know only a part. */
interface ParserState {
  position: number;
  line: number;
  lineStart: number;
  kind: string | null;
  result: unknown;
}

const deepestRecorded = 6;

/** A listener for js-yaml's `load` that records the upper nodes of a text; `root` gives the outermost one when it is done. */
export function nodeRecorder(): {
  listener: (event: EventType, state: State) => void;
  root: () => YamlNode | null;
} {
  const open: (YamlNode | null)[] = [];
  let root: YamlNode | null = null;
  const listener = (event: EventType, given: State) => {
    const state = given as unknown as ParserState;
    if (event === 'open') {
      const { position, line, lineStart } = state;
      const deep = open.length >= deepestRecorded;
      open.push(
        deep
          ? null
          : {
              start: position,
              end: position,
              line: line + 1,
              column: position - lineStart + 1,
              kind: 'other',
              text: null,
              children: [],
            },
      );
      return;
    }
    const node = open.pop();
    if (!node) return;
    node.end = state.position;
    node.kind =
      state.kind === 'mapping' || state.kind === 'sequence' || state.kind === 'scalar' ? state.kind : 'other';
    node.text = typeof state.result === 'string' ? state.result : null;
    const parent = open.at(-1);
    if (parent) parent.children.push(node);
    else root = node;
  };
  return { listener, root: () => root };
}

/** The key and value nodes of a mapping, last of equal keys; values that are left out, and those of other nodes, are `null`. */
export function pairsOf(
  node: YamlNode | null,
  text: string,
): ReadonlyMap<string, { key: YamlNode; value: YamlNode | null }> {
  const pairs = new Map<string, { key: YamlNode; value: YamlNode | null }>();
  if (node?.kind !== 'mapping') return pairs;
  for (let index = 0; index < node.children.length; index += 1) {
    const key = node.children[index];
    if (!key) continue;
    const hasValue = startsWithColon(text, key.end);
    const value = hasValue ? (node.children[index + 1] ?? null) : null;
    if (hasValue) index += 1;
    if (key.text !== null) pairs.set(key.text, { key, value });
  }
  return pairs;
}

function startsWithColon(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return text[at] === ':';
}
