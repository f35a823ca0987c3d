/** A key of a block mapping: the number of its line from 1, its indentation, and what stands behind its colon. */
export interface KeyLine {
  number: number;
  indent: number;
  behind: string;
}

/**
 * The line of a key in a YAML text in block style, by its path of keys; `null` where one of them has no line of its own (flow style, quoted
 * with escapes, or not there). One pass; texts in block scalars can't be taken for keys, as they are indented deeper than what is looked for.
 */
export function keyLine(lines: readonly string[], path: readonly string[]): KeyLine | null {
  const [top = '', ...deeper] = path;
  let wanted = top;
  let rest = deeper;
  /** Indentation of the level that is looked at; -1 until its first key is met. */
  let level = 0;
  let above = -1;
  for (const [index, text] of lines.entries()) {
    const found =
      /^( *)(?:"([^"\\]*)"|'([^']*)'|([^\s#'"[{&*!|>%@-][^:]*?|-[^\s:][^:]*?))\s*:(?:\s+(.*))?$/.exec(text);
    if (!/\S/.test(text) || /^\s*#/.test(text)) continue;
    const indent = /^ */.exec(text)?.[0].length ?? 0;
    if (indent <= above) return null;
    if (level < 0) level = indent;
    if (!found || indent !== level) continue;
    if ((found[2] ?? found[3] ?? found[4]) !== wanted) continue;
    const [next, ...others] = rest;
    if (next === undefined)
      return { number: index + 1, indent, behind: (found[5] ?? '').replace(/(?:^|\s)#.*$/, '').trim() };
    wanted = next;
    rest = others;
    above = indent;
    level = -1;
  }
  return null;
}

/**
 * What the line of a `permissions` key, or of its entry `packages: none`, becomes so that the token may read packages, and the contents too, without
 * which no private repository is checked out. `null` where the block is written over several lines in flow style. `named` are the entries it has.
 */
export function blockEdit(
  lines: readonly string[],
  { number, indent, behind }: KeyLine,
  named: readonly string[],
): { before: string; after: string } | null {
  const before = lines[number - 1] ?? '';
  const missing = ['contents', 'packages'].filter((scope) => !named.includes(scope));
  const key = ' '.repeat(indent);
  if (behind === 'none' || behind === '"none"' || behind === "'none'")
    return { before, after: ['packages', ...missing].map((one) => `${key}${one}: read`).join('\n') };
  if (behind === '' || behind === '{}') {
    if (named.includes('packages')) return null;
    const next = lines.slice(number).find((line) => /\S/.test(line) && !/^\s*#/.test(line)) ?? '';
    const own = /^ */.exec(next)?.[0].length ?? 0;
    const inner = ' '.repeat(named.length > 0 && own > indent ? own : indent + 2);
    return {
      before,
      after: [`${key}permissions:`, ...missing.map((one) => `${inner}${one}: read`)].join('\n'),
    };
  }
  const flow = /^\{(.*)\}$/.exec(behind)?.[1];
  if (flow === undefined || named.includes('packages')) return null;
  const entries = [flow.trim().replace(/,$/, ''), ...missing.map((one) => `${one}: read`)];
  return { before, after: `${key}permissions: { ${entries.join(', ')} }` };
}

/** What the line `packages: read` becomes so that the token may write packages; `null` for every other line. */
export function writeEdit(
  lines: readonly string[],
  { number, indent, behind }: KeyLine,
): { before: string; after: string } | null {
  return /^(["']?)read\1$/.test(behind)
    ? { before: lines[number - 1] ?? '', after: `${' '.repeat(indent)}packages: write` }
    : null;
}
