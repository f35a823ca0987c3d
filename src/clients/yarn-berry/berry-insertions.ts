import { withBlock } from '../marked-block.ts';
import { pairsOf, type YamlNode } from '../yaml-nodes.ts';

/** Lines that belong below one key of the outermost level, or (`value`) the text that is its whole value. */
export interface KeyedLines {
  key: string;
  lines: readonly string[];
  value?: string;
}

interface Insertion {
  position: number;
  lines: readonly string[];
  indent: string;
}

/**
 * `text` with lines below keys of its outermost level, in marked blocks: inside the mapping or list that a key has already, at its end, so that they
 * win over equal keys; one block at the end of the text for all other keys. `null` where the text's own form does not let them in
 * (braces, anchors). The caller must read the result again: nothing here knows what the lines mean.
 */
export function insertBelowKeys(
  text: string,
  tree: YamlNode | null,
  parts: readonly KeyedLines[],
): string | null {
  const pairs = pairsOf(tree, text);
  const starts = [...pairs.values()].map(({ key }) => lineStart(text, key.start)).sort((a, b) => a - b);
  const margin = starts[0] === undefined ? '' : marginAt(text, starts[0]);
  if (margin === null) return null;
  const insertions: Insertion[] = [];
  const rest: string[] = [];
  for (const part of parts) {
    const { key, lines, value } = part;
    const pair = pairs.get(key);
    if (!pair || value !== undefined) {
      rest.push(...wholeKey(part));
      continue;
    }
    const own = lineStart(text, pair.key.start);
    const next = starts.find((start) => start > own) ?? documentEnd(text, own);
    const indent = childIndent(text, pair.value, own);
    if (indent === null) return null;
    insertions.push({ position: behindContent(text, next), lines, indent });
  }
  const last = starts.at(-1);
  const end = last === undefined ? documentEnd(text, 0) : documentEnd(text, last);
  if (rest.length > 0) insertions.unshift({ position: end, lines: rest, indent: margin });
  return insertions
    .sort((a, b) => b.position - a.position)
    .reduce((result, { position, lines, indent }) => withBlock(result, lines, position, indent), text);
}

/** `text` with a block at its end in which keys of the outermost level stand a second time, whole: the later one counts. */
export function repeatKeys(text: string, tree: YamlNode | null, parts: readonly KeyedLines[]): string | null {
  const starts = [...pairsOf(tree, text).values()].map(({ key }) => lineStart(text, key.start));
  const margin = starts[0] === undefined ? '' : marginAt(text, starts[0]);
  if (margin === null) return null;
  return withBlock(text, parts.flatMap(wholeKey), documentEnd(text, starts.at(-1) ?? 0), margin);
}

function wholeKey({ key, lines, value }: KeyedLines): readonly string[] {
  return value === undefined ? [`${key}:`, ...lines.map((line) => `  ${line}`)] : [`${key}: ${value}`];
}

function lineStart(text: string, position: number): number {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The white space before the first key of a line; `null` when something else stands there. */
function marginAt(text: string, start: number): string | null {
  return /^ *(?=[^\s])/.exec(text.slice(start, start + 200))?.[0] ?? null;
}

/** The white space before the entries of a mapping or list in block style; `null` for other styles. */
function childIndent(text: string, value: YamlNode | null, keyLine: number): string | null {
  const first = value?.children[0];
  if (!value || !first || (value.kind !== 'mapping' && value.kind !== 'sequence')) return null;
  const start = lineStart(text, first.start);
  const lead = text.slice(start, first.start);
  if (start <= keyLine) return null;
  if (
    /[&{[]/.test(
      text
        .slice(keyLine, start)
        .replace(/^[^\n]*?:/, '')
        .replace(/#[^\n]*/g, ''),
    )
  )
    return null;
  if (value.kind === 'mapping') return /^ *$/.test(lead) ? lead : null;
  const dash = /^( *)- *$/.exec(lead);
  return dash?.[1] ?? null;
}

/** Where the document ends: before a line of three dots, else behind the last character. */
function documentEnd(text: string, from: number): number {
  const dots = /^\.\.\.(?:\s|$)/m.exec(text.slice(from));
  return dots === null ? text.length : from + dots.index;
}

/** The start of the lines, empty or comments of the outermost level, that stand directly before a position. */
function behindContent(text: string, position: number): number {
  if (position === text.length) return position;
  let at = position;
  while (at > 0) {
    const start = lineStart(text, at - 1);
    if (start >= at || !/^(?:\s*|#.*)$/.test(text.slice(start, at).replace(/\r?\n$/, ''))) return at;
    at = start;
  }
  return at;
}
