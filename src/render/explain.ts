import { type Palette, palette } from './palette.ts';
import { logText } from './printable-report.ts';
import { wrapText } from './wrap-text.ts';

/** A cause as lists show it. */
export interface CauseSummary {
  code: string;
  slug: string;
  title: string;
  severity: 'error' | 'warning';
}

const layers: Readonly<Record<string, string>> = {
  1: 'configuration',
  2: 'credential',
  3: 'access',
  4: 'network',
  5: 'package',
  9: 'our own fault',
};

/** All causes as a table, under the names of their layers, ordered by code. Ends with a line end. */
export function renderCauseList(
  causes: readonly CauseSummary[],
  options: { color: boolean; width?: number; program?: string },
): string {
  const paint = palette(options.color);
  const width = options.width ?? 120;
  const slugs = Math.max(0, ...causes.map(({ slug }) => slug.length));
  const sorted = [...causes].sort((a, b) => (a.code < b.code ? -1 : 1));
  const lines = sorted.flatMap(({ code, slug, title }, index) => {
    const layer = code[2] ?? '';
    const heading =
      sorted[index - 1]?.code[2] === layer
        ? []
        : [...(index === 0 ? [] : ['']), paint.strong(layers[layer] ?? 'other')];
    const first = `  ${paint.mark(code)}  ${slug.padEnd(slugs)}  `;
    return [...heading, ...wrapText(title, { first, next: ' '.repeat(code.length + slugs + 6), width })];
  });
  return `${[...lines, '', `one page: ${options.program ?? 'node dist/index.js'} explain CODE`].join('\n')}\n`;
}

/**
 * One cause's page for a terminal: a headline from the cause, then the Markdown body (without its generated header) with headings, lists, code and wrapped paragraphs.
 * Knows the Markdown that the pages use; anything else stays as written. Ends with a line end.
 */
export function renderCausePage(
  cause: CauseSummary,
  body: string,
  options: { color: boolean; width?: number },
): string {
  const paint = palette(options.color);
  const width = Math.min(options.width ?? 100, 100);
  const headline = `${paint.error(`${cause.severity}[${cause.code}]`)} ${cause.slug}: ${paint.strong(cause.title)}`;
  const text = body
    .replace(/<!-- generated:[\s\S]*?<!-- \/generated -->|<!--[\s\S]*?-->/g, '')
    .replace(/\r\n?/g, '\n');
  const lines = blocksOf(text).flatMap((block, index) => [
    ...(index === 0 ? [] : ['']),
    ...blockLines(block, paint, width),
  ]);
  return `${[headline, '', ...lines].join('\n')}\n`;
}

type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'code'; lines: readonly string[] }
  | { kind: 'table'; lines: readonly string[] }
  | { kind: 'list'; items: readonly { mark: string; text: string }[] }
  | { kind: 'paragraph'; text: string };

function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  let at = 0;
  const takeWhile = (fits: (line: string) => boolean) => {
    const taken: string[] = [];
    for (let line = lines[at]; line !== undefined && fits(line); line = lines[++at]) taken.push(line);
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') at++;
    else if (line.startsWith('```')) {
      at++;
      blocks.push({ kind: 'code', lines: takeWhile((next) => !next.startsWith('```')) });
      at++;
    } else if (/^#{1,6} /.test(line)) {
      blocks.push({ kind: 'heading', text: line.replace(/^#+ /, '') });
      at++;
    } else if (line.startsWith('|'))
      blocks.push({ kind: 'table', lines: takeWhile((next) => next.startsWith('|')) });
    else if (listItem.test(line))
      blocks.push({
        kind: 'list',
        items: itemsOf(takeWhile((next) => listItem.test(next) || /^\s+\S/.test(next))),
      });
    else
      blocks.push({
        kind: 'paragraph',
        text: takeWhile(
          (next) => next.trim() !== '' && !/^(?:```|#{1,6} |\|)/.test(next) && !listItem.test(next),
        ).join(' '),
      });
  }
  return blocks;
}

const listItem = /^\s*(?:[-*]|\d+\.) +/;

function itemsOf(lines: readonly string[]): readonly { mark: string; text: string }[] {
  const items: { mark: string; text: string }[] = [];
  for (const line of lines) {
    const mark = listItem.exec(line)?.[0];
    const last = items.at(-1);
    if (mark !== undefined)
      items.push({ mark: mark.replace(/[*-] +$/, '- '), text: line.slice(mark.length) });
    else if (last) last.text += ` ${line.trim()}`;
  }
  return items;
}

function blockLines(block: Block, paint: Palette, width: number): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [paint.strong(logText(block.text))];
    case 'code':
      return block.lines.map((line) => paint.mark(`    ${logText(line)}`));
    case 'table':
      return block.lines.filter((line) => !/^[|\s:-]+$/.test(line)).map((line) => `  ${inline(line, paint)}`);
    case 'list':
      return block.items.flatMap(({ mark, text }) =>
        wrapText(inline(text, paint), { first: `  ${mark}`, next: ' '.repeat(mark.length + 2), width }),
      );
    case 'paragraph':
      return wrapText(inline(block.text, paint), { first: '  ', next: '  ', width });
  }
}

/** Code spans and emphasis; with colours off, code keeps its backquotes. */
function inline(text: string, paint: Palette): string {
  const coloured = paint.mark('x') !== 'x';
  return logText(text)
    .replace(/`([^`]+)`/g, (whole, code: string) =>
      coloured ? code.split(' ').map(paint.mark).join(' ') : whole,
    )
    .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => strong.split(' ').map(paint.strong).join(' '));
}
