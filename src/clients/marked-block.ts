const opening = '# >>> npmrc-preflight';
const closing = '# <<< npmrc-preflight';
const earlier = '# npmrc-preflight, an earlier step';
const openingNote = ': rewritten by each run, taken away by restore';

/**
 * `text` with one marked block of `lines` before the character at `position`, which must be the start of a line or the end of the
 * text. The block takes the text's line end; a text without a final line end keeps having none, so that `withoutBlocks`
 * gives back the very bytes. `indent` goes before each line: the marks are comments of rc files, YAML and TOML alike.
 */
export function withBlock(text: string, lines: readonly string[], position: number, indent = ''): string {
  const eol = /\r\n|\n/.exec(text)?.[0] ?? '\n';
  const before = text.slice(0, position);
  const after = text.slice(position);
  const block = [`${opening}${openingNote}`, ...lines, closing].map((line) => indent + line).join(eol);
  const onOwnLine = before === '' || before === '\uFEFF' || /[\r\n]$/.test(before);
  return onOwnLine ? `${before}${block}${eol}${after}` : `${before}${eol}${block}${after}`;
}

/** `text` without its marked blocks; lines outside, and marks without a partner, stay byte for byte. */
export function withoutBlocks(text: string): string {
  let result = text;
  for (let block = findBlock(result); block !== null; block = findBlock(result)) {
    result = result.slice(0, block.start) + result.slice(block.end);
  }
  return result;
}

/** `text` with its marked blocks as ordinary lines between comments: no later run takes them away. Lines keep their numbers. */
export function settledBlocks(text: string): string {
  let result = text;
  for (let block = findBlock(result); block !== null; block = findBlock(result)) {
    const lines = result.slice(block.start, block.end);
    const settled = lines.replace(opening, earlier).replace(closing, `${earlier}, end`);
    result = result.slice(0, block.start) + settled + result.slice(block.end);
  }
  return result;
}

/** The first closing mark with the opening mark nearest before it. */
function findBlock(text: string): { start: number; end: number } | null {
  let start: number | null = null;
  for (const line of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    const [whole, written = '', lineEnd = ''] = line;
    if (whole === '') break;
    const own = line.index === 0 && written.startsWith('\uFEFF') ? 1 : 0;
    const mark = written.slice(own).trimStart();
    if (isMark(mark, opening)) start = line.index + own;
    else if (isMark(mark, closing) && start !== null) {
      const end = line.index + whole.length;
      return lineEnd === '' ? { start: start - lineEndBefore(text, start), end } : { start, end };
    }
  }
  return null;
}

function isMark(line: string, mark: string): boolean {
  return line.startsWith(mark) && !/^\w/.test(line.slice(mark.length));
}

function lineEndBefore(text: string, position: number): number {
  if (text.slice(0, position).endsWith('\r\n')) return 2;
  return position > 0 && text[position - 1] === '\n' ? 1 : 0;
}
