import type { Position } from './json-file.ts';
import { longestLocation, type PackageLock } from './lock-entry.ts';
import { nestedLocation } from './nested-location.ts';

const quote = 34;
const backslash = 92;
const colon = 58;

/** What an object on the way holds: the whole file, a list of packages, or one package. */
type Context = { kind: 'file' } | { kind: 'list'; place: string } | { kind: 'package'; place: string };

/**
 * Where entries of a lockfile stand: the place of each key's first character behind the quote, by `LockEntry.place`. One pass over the text that
 * builds nothing but the answer. `text` must be valid JSON. Of duplicate keys the last one counts, as in `JSON.parse`.
 */
export function locateEntries(
  text: string,
  shape: PackageLock['shape'],
  places: ReadonlySet<string>,
): Map<string, Position> {
  const found = new Map<string, Position>();
  if (places.size === 0) return found;
  const lines = lineCounter(text);
  scanMembers<Context>(text, { kind: 'file' }, (context, key, offset) => {
    if (context.kind === 'file') return key === shape ? { kind: 'list', place: '' } : null;
    if (context.kind === 'package') return key === shape ? { kind: 'list', place: context.place } : null;
    const place = shape === 'packages' ? key : nestedLocation(context.place, key);
    if (place.length > longestLocation) return null;
    if (places.has(place)) found.set(place, lines(offset + 1));
    return shape === 'packages' ? null : { kind: 'package', place };
  });
  return found;
}

/** Where a member of the outermost object stands; line 1 when it has none. `text` must be valid JSON. */
export function locateMember(text: string, name: string): Position {
  const lines = lineCounter(text);
  let found: Position = { line: 1, column: 1 };
  scanMembers<'file'>(text, 'file', (_context, key, offset) => {
    if (key === name) found = lines(offset + 1);
    return null;
  });
  return found;
}

/**
 * Calls `enter` for every member of the outermost object and of each object for which `enter` gave a context; values without one are passed over.
 * Does not recurse; what is passed over costs no memory, however deep.
 */
function scanMembers<C>(
  text: string,
  root: C,
  enter: (context: C, key: string, offset: number) => C | null,
): void {
  const open: C[] = [];
  let at = text.indexOf('{');
  if (at < 0) return;
  open.push(root);
  at += 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 125) {
      open.pop();
      at += 1;
      if (open.length === 0) return;
      continue;
    }
    const context = open.at(-1);
    if (code !== quote || context === undefined) {
      at += 1;
      continue;
    }
    const end = endOfText(text, at);
    const child = enter(context, keyAt(text, at, end), at);
    at = end;
    while (at < text.length && text.charCodeAt(at) !== colon) at += 1;
    at = skipSpace(text, at + 1);
    if (child !== null && text.charCodeAt(at) === 123) {
      open.push(child);
      at += 1;
    } else {
      at = endOfValue(text, at);
    }
  }
}

function keyAt(text: string, start: number, end: number): string {
  const written = text.slice(start + 1, end - 1);
  if (!written.includes('\\')) return written;
  const key: unknown = JSON.parse(text.slice(start, end));
  return typeof key === 'string' ? key : '';
}

/** The offset behind the closing quote of the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfText(text, at);
        if (depth === 0) return at;
        continue;
      case 123:
      case 91:
        depth += 1;
        break;
      case 125:
      case 93:
        if (depth === 0) return at;
        depth -= 1;
        if (depth === 0) return at + 1;
        break;
      case 44:
        if (depth === 0) return at;
    }
    at += 1;
  }
  return at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
  return at;
}

/** A function from offsets, asked in rising order, to places. */
function lineCounter(text: string): (offset: number) => Position {
  let line = 1;
  let lineStart = 0;
  let lineEnd = text.indexOf('\n');
  return (offset) => {
    while (lineEnd >= 0 && lineEnd < offset) {
      line += 1;
      lineStart = lineEnd + 1;
      lineEnd = text.indexOf('\n', lineStart);
    }
    return { line, column: offset - lineStart + 1 };
  };
}
