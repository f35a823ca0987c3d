import type { Position } from './json-file.ts';

/** Where a key of a block mapping stands: the place of its first character, behind a quote. */
export type KeyPlaces = ReadonlyMap<string, Position>;

/**
 * The places of the keys one level below each top-level key of a YAML text, by section (`packages`, `snapshots`, …), and with the key `''` the top-level ones.
 * `wanted` are the sections to look into. One linear pass over the lines; block style as clients write it, also `? key` for long ones. Flow style and
 * keys that need more than that have no place. `firstLine` is the number of the text's first line.
 */
export function yamlKeyPlaces(
  text: string,
  wanted: readonly string[],
  firstLine = 1,
): ReadonlyMap<string, KeyPlaces> {
  const top = new Map<string, Position>();
  const sections = new Map<string, Map<string, Position>>([['', top]]);
  for (const name of wanted) sections.set(name, new Map());
  let section: Map<string, Position> | undefined;
  let indent = 0;
  let line = firstLine;
  for (let start = 0; start < text.length; line += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    let at = start;
    while (at < end && text.charCodeAt(at) === 32) at += 1;
    const depth = at - start;
    if (depth === 0) {
      const found = keyOf(text, at, end);
      if (found !== null) {
        top.set(found.key, { line, column: found.offset - start + 1 });
        section = found.key === '' ? undefined : sections.get(found.key);
        indent = 0;
      }
    } else if (section !== undefined && (indent === 0 || depth === indent)) {
      const found = keyOf(text, at, end);
      if (found !== null) {
        indent = depth;
        section.set(found.key, { line, column: found.offset - start + 1 });
      }
    }
    start = end + 1;
  }
  return sections;
}

/** The key that a line begins with and the offset of its first character; `null` for comments, list items and anything else. */
function keyOf(text: string, from: number, end: number): { key: string; offset: number } | null {
  const explicit = text.startsWith('? ', from);
  const start = explicit ? from + 2 : from;
  const first = text[start];
  if (start >= end || first === '#' || text.startsWith('- ', start)) return null;
  if (first === "'" || first === '"') {
    const close = endOfQuoted(text, start + 1, end, first);
    return close < 0 ? null : { key: unescaped(text.slice(start + 1, close), first), offset: start + 1 };
  }
  const line = text.slice(start, end);
  if (explicit) return { key: line.trim(), offset: start };
  const colon = /:(?=[ \t\r]|$)/.exec(line);
  return colon === null ? null : { key: line.slice(0, colon.index).trimEnd(), offset: start };
}

/** The offset of the quote that closes a text, -1 when it is not closed on the line. */
function endOfQuoted(text: string, from: number, end: number, quote: string): number {
  for (let at = from; at < end; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at;
      at += 1;
    }
  }
  return -1;
}

function unescaped(written: string, quote: string): string {
  if (quote === "'") return written.replaceAll("''", "'");
  if (!written.includes('\\')) return written;
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}
