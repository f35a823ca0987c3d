import { printable } from '../domain/redaction.ts';

/** Texts that come as several lines on purpose. */
const severalLines = new Set(['before', 'after', 'diff']);

/**
 * A copy of plain data in which no text can act in a terminal or a CI's log: every string (and key) is made `logText`. Line ends
 * stay only in edits and diffs, each line of which is made safe by itself. Renderers lay out only what went through here.
 */
export function printableReport<T>(data: T): T {
  // The copy has the shape of the original: only texts change.
  return copyOf(data, false) as T;
}

/**
 * A text fit for one line of a terminal or a CI's log. Beyond control, invisible and direction-changing characters, the marks by
 * which runners find commands in the output are broken: `::name` at a word's start and `##[`.
 */
export function logText(text: string): string {
  return printable(text)
    .replace(/(^|\s)::/g, '$1:\\x3a')
    .replace(/##(?=[a-z]*\[)/gi, '#\\x23');
}

/** The same for a text of several lines: its line ends stay. */
export function logLines(text: string): string {
  return text.split('\n').map(logText).join('\n');
}

function copyOf(data: unknown, lines: boolean): unknown {
  if (typeof data === 'string') return lines ? logLines(data) : logText(data);
  if (Array.isArray(data)) return data.map((item) => copyOf(item, lines));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [logText(key), copyOf(value, severalLines.has(key))]),
  );
}
