import { printable } from '../domain/redaction.ts';
import { withTexts } from './with-texts.ts';

/** Texts that come as several lines on purpose. */
const severalLines = new Set(['before', 'after', 'diff']);

/**
 * A copy of plain data in which no text can act in a terminal or a CI's log: every string (and key) is made `logText`. Line ends
 * stay only in edits and diffs, each line of which is made safe by itself. Renderers lay out only what went through here.
 */
export function printableReport<T>(data: T): T {
  return withTexts(data, (text, key) => (severalLines.has(key) ? logLines(text) : logText(text)));
}

/**
 * The same for documents that no terminal or log acts upon (HTML, XML): characters that can't be seen or turn the direction of a line
 * are shown as escapes; tabs and line ends of edits and diffs stay, so that what is copied from there is what has to be written.
 */
export function visibleReport<T>(data: T): T {
  return withTexts(data, (text, key) => (severalLines.has(key) ? visibleLines(text) : printable(text)));
}

function visibleLines(text: string): string {
  return text
    .split(/(\n|\t)/)
    .map((part) => (part === '\n' || part === '\t' ? part : printable(part)))
    .join('');
}

/**
 * A text fit for one line of a terminal or a CI's log. Beyond control, invisible and direction-changing characters, the marks by
 * which runners find commands in the output are broken: `::name` at a word's start and `##[`.
 */
export function logText(text: string): string {
  const visible = printable(text);
  if (!visible.includes('::') && !visible.includes('##')) return visible;
  return visible.replace(/(^|\s)::/g, '$1:\\x3a').replace(/##(?=[a-z]*\[)/gi, '#\\x23');
}

/** The same for a text of several lines: its line ends stay. */
export function logLines(text: string): string {
  return text.split('\n').map(logText).join('\n');
}
