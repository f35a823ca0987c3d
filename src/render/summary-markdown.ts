import { logText } from './printable-report.ts';

/**
 * A text as one line of Markdown that means nothing but itself: every character that Markdown or HTML could take for a mark becomes a numeric
 * entity, which neither of them reads as one (CommonMark, section 2.5).
 */
export function plainMarkdown(text: string): string {
  return logText(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** A text in a monospaced face, as a name or path is shown. */
export function codeMarkdown(text: string): string {
  return text === '' ? '' : `<code>${plainMarkdown(text)}</code>`;
}

/** A link to a web page; the bare label where the address is none. */
export function linkMarkdown(label: string, url: string): string {
  const shown = plainMarkdown(label);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return shown;
  const target = new URL(url).href.replace(/[^\w/:.?&=%#@+,;~$*!-]/g, (mark) => encodeURIComponent(mark));
  return `[${shown}](<${target}>)`;
}

/** A block to copy, between fences longer than any run of backticks in it. `text` may have several lines. */
export function blockMarkdown(text: string, language: 'sh' | 'diff' | 'text'): string {
  const lines = text.split('\n').map(logText);
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
