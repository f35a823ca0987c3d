import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import type { Addition } from '../domain/config-edits.ts';
import { nodeRecorder, pairsOf, type YamlNode } from './yaml-nodes.ts';

/** Longer lines no person wrote. */
const longestLine = 1000;

/** A line of an addition with the lines below it. `key` is `null` for an entry of a list. */
interface Wanted {
  text: string;
  key: string | null;
  value: unknown;
  below: readonly Wanted[];
}

/**
 * Where lines go that are written as a YAML text of their own: at the end of `text`, or, where it has their outermost key already, into that key's own
 * block, since a second key of one name is refused or replaces the first (run for real: pnpm 10, Yarn 4.18). Text that stays is never given back
 * where it might hold a secret.
 */
export function placeInYaml(text: string, addition: string): Addition {
  const wanted = linesBelow(addition.split('\n').filter((line) => line.trim() !== ''));
  const root = treeOf(text);
  if (root === null) return { kind: 'at-end' };
  const known = wanted.filter(({ key }) => key !== null && pairsOf(root, text).has(key));
  if (known.length === 0) return { kind: 'at-end' };
  const lines = text.split(/\r?\n/);
  const byHand: Addition = { kind: 'by-hand', line: lineOf(root, text, known[0]?.key ?? '') };
  if (known.length > 1 || wanted.length > 1) return byHand;
  return known[0] ? (intoKey(root, text, lines, known[0]) ?? byHand) : byHand;
}

/** The change that brings a wanted line into a mapping which has its key; `null` where no single line can be changed for it. */
function intoKey(mapping: YamlNode, text: string, lines: readonly string[], wanted: Wanted): Addition | null {
  const pair = pairsOf(mapping, text).get(wanted.key ?? '');
  const before = pair && lines[pair.key.line - 1];
  if (!pair || before === undefined || before.length > longestLine) return null;
  const { line } = pair.key;
  const indent = /^ */.exec(before)?.[0] ?? '';
  const behind = /^\s*(?:"[^"]*"|'[^']*'|[^\s"'#:][^#]*?)\s*:(?:\s+(.*))?$/.exec(before)?.[1];
  const rest = (behind ?? '').replace(/(?:^|\s+)#.*$/, '');
  if (wanted.below.length === 0) {
    if (pair.value?.kind !== 'scalar' || lineAt(text, pair.value.end) !== line) return null;
    return changed(
      line,
      `${before.slice(0, before.indexOf(':', pair.key.end - lineStart(text, pair.key)))}: …`,
      [indent + wanted.text],
    );
  }
  const isList = wanted.below.some(({ key }) => key === null);
  if (rest === '' && (pair.value === null || isEmpty(pair.value)))
    return changed(line, before, [before, ...written(wanted.below, `${indent}  `)]);
  if (/^(?:\[\s*\]|\{\s*\})$/.test(rest))
    return changed(line, before, [
      `${before.slice(0, before.lastIndexOf(rest)).trimEnd()}`,
      ...written(wanted.below, `${indent}  `),
    ]);
  const { value } = pair;
  if (isList)
    return value?.kind === 'sequence' ? intoList(value, text, line, before, rest, wanted.below) : null;
  const first = value?.children[0];
  if (value?.kind !== 'mapping' || !first || rest !== '') return null;
  const lead = text.slice(lineStart(text, first), first.start);
  if (!/^ +$/.test(lead)) return null;
  return intoMapping(value, text, lines, { line, before, lead }, wanted.below);
}

interface Opening {
  line: number;
  before: string;
  /** The white space before the entries. */
  lead: string;
}

function intoMapping(
  mapping: YamlNode,
  text: string,
  lines: readonly string[],
  { line, before, lead }: Opening,
  entries: readonly Wanted[],
): Addition | null {
  const pairs = pairsOf(mapping, text);
  const missing = entries.filter(({ key }) => key === null || !pairs.has(key));
  const other = entries.filter(
    (entry) => !missing.includes(entry) && !isSaid(pairs.get(entry.key ?? '')?.value ?? null, entry),
  );
  if (other.length === 0)
    return missing.length === 0 ? null : changed(line, before, [before, ...written(missing, lead)]);
  const [only, another] = other;
  if (!only || another) return null;
  const change = intoKey(mapping, text, lines, only);
  if (missing.length === 0 || change?.kind !== 'in-line') return change;
  // new entries beside a changed one stand behind it, where nothing lies below that one
  return only.below.length > 0
    ? null
    : { ...change, after: [change.after, ...written(missing, lead)].join('\n') };
}

function intoList(
  list: YamlNode,
  text: string,
  line: number,
  before: string,
  rest: string,
  entries: readonly Wanted[],
): Addition | null {
  const known = new Set(list.children.map((item) => item.text));
  const missing = entries.filter(({ value }) => !known.has(String(value)));
  const first = list.children[0];
  if (missing.length === 0 || !first) return null;
  if (rest === '') {
    const lead = /^( *)- *$/.exec(text.slice(lineStart(text, first), first.start))?.[1];
    return lead === undefined ? null : changed(line, before, [before, ...written(missing, lead)]);
  }
  if (!rest.startsWith('[')) return null;
  const opening = before.indexOf('[', before.indexOf(':'));
  const items = missing.map(({ value }) => `${JSON.stringify(value)}, `).join('');
  return changed(line, before, [
    `${before.slice(0, opening + 1)}${items}${before.slice(opening + 1).trimStart()}`,
  ]);
}

/** Whether a setting says it already: in the same words, or by a reference where the wanted text has none. */
function isSaid(value: YamlNode | null, { value: wanted, below }: Wanted): boolean {
  if (below.length > 0 || value?.kind !== 'scalar' || value.text === null) return false;
  const bare = (text: string) => text.replace(/\/$/, '');
  const text = String(wanted);
  return bare(value.text) === bare(text) || (value.text.includes('${') && !text.includes('${'));
}

function isEmpty(value: YamlNode): boolean {
  return value.children.length === 0 && (value.text ?? '') === '';
}

function changed(line: number, before: string, after: readonly string[]): Addition {
  return { kind: 'in-line', line, before, after: after.join('\n') };
}

function written(entries: readonly Wanted[], lead: string): readonly string[] {
  return entries.flatMap(({ text, below }) => [lead + text, ...written(below, `${lead}  `)]);
}

function linesBelow(lines: readonly string[]): readonly Wanted[] {
  const margin = indentOf(lines[0] ?? '');
  const starts = lines.flatMap((line, index) => (indentOf(line) === margin ? [index] : []));
  return starts.map((start, index) => {
    const text = (lines[start] ?? '').trim();
    const read: unknown = load(text, { schema: FAILSAFE_SCHEMA });
    const [key, value] = Array.isArray(read)
      ? [null, read[0]]
      : (Object.entries(read ?? {})[0] ?? [text, null]);
    return { text, key, value, below: linesBelow(lines.slice(start + 1, starts[index + 1])) };
  });
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function treeOf(text: string): YamlNode | null {
  const recorder = nodeRecorder();
  try {
    load(text, { schema: FAILSAFE_SCHEMA, json: true, listener: recorder.listener });
  } catch {
    return null;
  }
  return recorder.root();
}

function lineOf(mapping: YamlNode, text: string, key: string): number {
  return pairsOf(mapping, text).get(key)?.key.line ?? 1;
}

function lineStart(text: string, { start }: YamlNode): number {
  return text.lastIndexOf('\n', start - 1) + 1;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
