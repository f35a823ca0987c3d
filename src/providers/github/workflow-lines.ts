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
 * What the line of a `permissions` key, or of its entry for packages, becomes so that the token may read or write packages, and read the contents too, without
 * which no private repository is checked out. `null` where the block is written over several lines in flow style, or says it already. `named` are the entries
 * it has.
 */
export function blockEdit(
  lines: readonly string[],
  { number, indent, behind }: KeyLine,
  named: readonly string[],
  level: 'read' | 'write',
): { before: string; after: string } | null {
  const before = lines[number - 1] ?? '';
  const key = ' '.repeat(indent);
  const missing = Object.entries({ contents: 'read', packages: level })
    .filter(([scope]) => !named.includes(scope))
    .map((entry) => entry.join(': '));
  const [, , present] = /^(["']?)(none|read)\1$/.exec(behind) ?? [];
  if (present === 'none')
    return { before, after: [`packages: ${level}`, ...missing].map((entry) => key + entry).join('\n') };
  if (present === 'read') return level === 'write' ? { before, after: `${key}packages: ${level}` } : null;
  if (named.includes('packages')) return null;
  if (behind === '' || behind === '{}') {
    const next = lines.slice(number).find((line) => /\S/.test(line) && !/^\s*#/.test(line)) ?? '';
    const own = /^ */.exec(next)?.[0].length ?? 0;
    const inner = ' '.repeat(named.length > 0 && own > indent ? own : indent + 2);
    return { before, after: [`${key}permissions:`, ...missing.map((entry) => inner + entry)].join('\n') };
  }
  const flow = /^\{(.*)\}$/.exec(behind)?.[1];
  if (flow === undefined) return null;
  const entries = [flow.trim().replace(/,$/, ''), ...missing];
  return { before, after: `${key}permissions: { ${entries.join(', ')} }` };
}
