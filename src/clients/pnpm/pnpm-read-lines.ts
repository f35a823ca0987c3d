import { gluedLines, type NpmrcEntry, type NpmrcReading, utf16Entries } from '../npmrc/read-npmrc.ts';
import type { PnpmRules } from './pnpm-rules.ts';

/**
 * The settings of an rc file as pnpm 12 reads it: a line each, up to the first `=`, comments only at a line's start, no sections
 * (measured: q02-q06, q12-q16, q19; run for real). A line without `=` sets nothing: its entry has the value `true`.
 */
export function readLines(text: string, rules: PnpmRules): NpmrcReading {
  const entries: NpmrcEntry[] = [];
  const from = rules.passesByteOrderMark && text.startsWith('\uFEFF') ? 1 : 0;
  let line = 0;
  for (const lineText of text.slice(from).split('\n')) {
    line += 1;
    const trimmed = trim(lineText);
    if (trimmed === '' || /^[;#]/.test(trimmed)) continue;
    const column = lineText.indexOf(trimmed) + 1;
    const equals = trimmed.indexOf('=');
    const place = { line, column, text: lineText.replace(/\r$/, ''), list: false };
    if (equals === -1) {
      entries.push({ ...place, key: trimmed, value: true });
      continue;
    }
    const key = trim(trimmed.slice(0, equals));
    const value = trim(trimmed.slice(equals + 1));
    entries.push({
      ...place,
      key: rules.unquotes === 'keys-and-values' ? unquoted(key) : key,
      value: rules.unquotes === 'nothing' ? value : unquoted(value),
    });
  }
  const glued = gluedLines(text);
  return { entries, sections: [], ...(glued.length > 0 ? { glued } : {}), utf16: utf16Entries(text) };
}

/** What stands between double quotes is read as JSON, between single ones as it is. */
function unquoted(text: string): string {
  if (/^'.*'$/s.test(text) && text.length > 1) return text.slice(1, -1);
  if (!/^".*"$/s.test(text) || text.length < 2) return text;
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'string' ? read : text;
  } catch {
    return text;
  }
}

/** White space off both ends; a byte order mark is none (as in Rust). */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start])) start += 1;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && character !== '\uFEFF' && character.trim() === '';
}
