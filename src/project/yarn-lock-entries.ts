import { printable } from '../domain/redaction.ts';
import type { Position } from './json-file.ts';

/** One entry of Yarn 1's lockfile. `patterns` as in its key, without quotes. */
export interface YarnLockEntry {
  patterns: readonly string[];
  position: Position;
  fields: Map<string, string>;
  dependencies: Map<string, string>;
  optionalDependencies: Map<string, string>;
}

export interface YarnLockFault extends Position {
  message: string;
}

const bareToken = /[^ ,:\t"]*/y;

/** A name or value of one line and where it ends. */
interface Token {
  value: string;
  end: number;
}

/**
 * The entries of a lockfile of Yarn 1 in the order of the file, each line read once. Grammar (yarn 1.22.22, its lockfile parser): blocks by two
 * spaces, `key, key:` before a block, `key value` or `key: value` in it, values bare or in JSON quotes, `#` comments. A fault for a line that this
 * grammar refuses: an odd or too deep indentation, an open quote, a block or value that is missing. (Yarn then tries the text as YAML, where such a line
 * is no entry either.)
 */
export function readYarnLockEntries(text: string): YarnLockEntry[] | YarnLockFault {
  const entries: YarnLockEntry[] = [];
  const open: (string | null)[] = [];
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const written = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
    line += 1;
    const indent = leadingSpaces(written);
    if (indent === written.length || written[indent] === '#') continue;
    const fault = (message: string, column = indent + 1): YarnLockFault => ({ line, column, message });
    const depth = indent / 2;
    if (!Number.isInteger(depth) || depth > open.length)
      return fault(`${indent} spaces where no block is open`);
    open.length = depth;

    const { names, end: behind } = readNames(written, indent);
    let at = behind;
    if (names === null) return fault(describeRest(written, at), at + 1);
    const colon = written[at] === ':';
    if (colon) at = skipSpaces(written, at + 1);
    if (at >= written.length) {
      if (!colon) return fault('a name without a value', at + 1);
      if (depth === 0) entries.push(newEntry(names, { line, column: written[0] === '"' ? 2 : 1 }));
      open.push(depth === 0 ? '' : depth === 1 ? (names[0] ?? null) : null);
      continue;
    }
    const value = readToken(written, at);
    if (value === null || skipSpaces(written, value.end) < written.length) {
      return fault(describeRest(written, value === null ? at : value.end), (value?.end ?? at) + 1);
    }
    const map = depth === 0 ? null : mapOf(entries.at(-1), depth, open);
    for (const name of names) map?.set(name, value.value);
  }
  return entries;
}

function newEntry(patterns: readonly string[], position: Position): YarnLockEntry {
  return {
    patterns,
    position,
    fields: new Map(),
    dependencies: new Map(),
    optionalDependencies: new Map(),
  };
}

/** Where the values of this depth belong; `null` for blocks that nobody asks for. */
function mapOf(
  entry: YarnLockEntry | undefined,
  depth: number,
  open: readonly (string | null)[],
): Map<string, string> | null {
  if (entry === undefined || depth > 2) return null;
  if (depth === 1) return entry.fields;
  const block = open[1];
  return block === 'dependencies' || block === 'optionalDependencies' ? entry[block] : null;
}

/** The names before a colon or value; `null` for none, with `end` where one should stand. */
function readNames(line: string, start: number): { names: string[] | null; end: number } {
  const names: string[] = [];
  for (let at = start; ; ) {
    const token = readToken(line, at);
    if (token === null) return { names: null, end: at };
    names.push(token.value);
    at = skipSpaces(line, token.end);
    if (line[at] !== ',') return { names, end: at };
    at = skipSpaces(line, at + 1);
  }
}

function readToken(line: string, start: number): Token | null {
  if (line[start] === '"') {
    const close = closingQuote(line, start);
    const value = close < 0 ? null : unquoted(line.slice(start, close + 1));
    return value === null ? null : { value, end: close + 1 };
  }
  bareToken.lastIndex = start;
  const value = bareToken.exec(line)?.[0] ?? '';
  return value === '' ? null : { value, end: start + value.length };
}

/** The offset of the quote that ends the text whose first quote stands at `start`; -1 without one. */
function closingQuote(line: string, start: number): number {
  for (let at = line.indexOf('"', start + 1); at >= 0; at = line.indexOf('"', at + 1)) {
    let slashes = 0;
    while (line[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

/** The value of a text in double quotes (quotes included), `null` when it is none. */
function unquoted(written: string): string | null {
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

function describeRest(line: string, at: number): string {
  const first = line[skipSpaces(line, at)];
  if (first === undefined) return 'a name or value is missing at the end of the line';
  if (first !== '"') return `unexpected "${printable(first)}"`;
  return closingQuote(line, skipSpaces(line, at)) < 0
    ? 'a text in quotes that is not closed on its line'
    : 'an unexpected text in quotes';
}

function leadingSpaces(line: string): number {
  return skipSpaces(line, 0);
}

function skipSpaces(line: string, start: number): number {
  let at = start;
  while (line[at] === ' ') at += 1;
  return at;
}
