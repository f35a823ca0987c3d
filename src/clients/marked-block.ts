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
  const outer: Block[] = [];
  for (const block of blocksOf(text)) {
    while ((outer.at(-1)?.start ?? -1) > block.start) outer.pop();
    outer.push(block);
  }
  const kept = outer.map(({ start }, index) => text.slice(outer[index - 1]?.end ?? 0, start)).join('');
  const last = outer.at(-1);
  return last?.endsText ? kept.replace(/\r?\n$/, '') : kept + text.slice(last?.end ?? 0);
}

/** `text` with its marked blocks as ordinary lines between comments: no later run takes them away. Lines keep their numbers. */
export function settledBlocks(text: string): string {
  const marks = blocksOf(text)
    .flatMap(({ opened, closed }) => [
      { at: opened, mark: opening, settled: earlier },
      { at: closed, mark: closing, settled: `${earlier}, end` },
    ])
    .sort((one, other) => one.at - other.at);
  const parts = marks.map(({ at, settled }, index) => {
    const before = marks[index - 1];
    return text.slice(before ? before.at + before.mark.length : 0, at) + settled;
  });
  const last = marks.at(-1);
  return parts.join('') + text.slice(last ? last.at + last.mark.length : 0);
}

/** A block from the start of its first line to the start of the line behind it; `opened` and `closed` are the places of its marks. */
interface Block {
  start: number;
  end: number;
  opened: number;
  closed: number;
  /** Its last line has no end. */
  endsText: boolean;
}

/** The blocks in the order of their closing marks. Each belongs to the opening mark nearest before it that has no partner yet. */
function blocksOf(text: string): readonly Block[] {
  const openings: { start: number; opened: number }[] = [];
  const blocks: Block[] = [];
  for (const line of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    const [whole, written = '', lineEnd = ''] = line;
    if (whole === '') break;
    const own = line.index === 0 && written.startsWith('\uFEFF') ? 1 : 0;
    const mark = written.slice(own).trimStart();
    const at = line.index + written.length - mark.length;
    if (isMark(mark, opening)) openings.push({ start: line.index + own, opened: at });
    else if (isMark(mark, closing)) {
      const open = openings.pop();
      if (open)
        blocks.push({ ...open, closed: at, end: line.index + whole.length, endsText: lineEnd === '' });
    }
  }
  return blocks;
}

function isMark(line: string, mark: string): boolean {
  return line.startsWith(mark) && !/^\w/.test(line.slice(mark.length));
}
