import { percentEncoded } from '../domain/percent-form.ts';
import { logText } from './printable-report.ts';

/** Punctuation that is never a mark where it stands: a dash in a word, a colon before a blank, a point that is no list's and no address's. */
const harmless = /[,;?/%'"]|(?<=\w)-(?=\w)|:(?= )|(?<=[a-z\d])(?<!^\d+)(?<!www)\./iy;

/**
 * A text as one line of Markdown that means nothing but itself: every character that Markdown or HTML could take for a mark becomes a numeric
 * entity, which neither of them reads as one (CommonMark, section 2.5).
 */
export function plainMarkdown(text: string): string {
  return logText(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, (mark, at: number, whole: string) => {
      harmless.lastIndex = at;
      return harmless.test(whole) ? mark : `&#${mark.charCodeAt(0)};`;
    });
}

/** The same with its web addresses as links that show where they lead. */
export function plainWithLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s"'<>()`]*[\w/#=])/i)
    .map((part, index, parts) => {
      if (index % 2 === 1) return linkMarkdown(part, part);
      const shown = plainMarkdown(part);
      if (shown === '') return part === '' ? '' : ' ';
      const before = index > 0 && /^\s/.test(part) ? ' ' : '';
      return `${before}${shown}${index < parts.length - 1 && /\s$/.test(part) ? ' ' : ''}`;
    })
    .join('');
}

/** A text in a monospaced face, as a name or path is shown. */
export function codeMarkdown(text: string): string {
  return text === '' ? '' : `<code>${plainMarkdown(text)}</code>`;
}

/** A link to a web page; the bare label where the address is none. */
export function linkMarkdown(label: string, url: string): string {
  const shown = plainMarkdown(label);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return shown;
  const target = new URL(url).href.replace(/[^\w/:.?&=%#@+,;~$*!-]/g, (mark) => percentEncoded(mark));
  return `[${shown}](<${target}>)`;
}

/** A block to copy, between fences longer than any run of backticks in it. `text` may have several lines. */
export function blockMarkdown(text: string, language: 'sh' | 'diff' | 'text'): string {
  const lines = text.split('\n').map(logText);
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
