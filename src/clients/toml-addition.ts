import { parse } from 'smol-toml';
import type { Addition } from '../domain/config-edits.ts';

/**
 * Where a table goes that is written as a TOML text of its own (`[a.b]` and its keys): at the end of `text`, or, where the table is there already, into
 * it, since no table may be opened twice. Bun knows a scope with and without its `@`.
 */
export function placeInToml(text: string, addition: string): Addition {
  const [header = '', ...keys] = addition.split('\n');
  const path = pathOf(header);
  const root = tableOf(text);
  if (path === null || root === null) return { kind: 'at-end' };
  const [, section, scope] = path;
  const names = scope === undefined ? [section ?? ''] : [scope, scope.replace(/^@/, '')];
  const parent = scope === undefined ? own(root, path[0]) : own(own(root, path[0]), section);
  const name = names.find((one) => own(parent, one) !== undefined);
  const lines = text.split(/\r?\n/);
  const at = (found: (line: string) => boolean) => lines.findIndex(found) + 1;
  if (name === undefined) {
    const opened = at((line) => pathOf(line)?.join('\n') === [path[0], section].join('\n'));
    const inline = scope !== undefined && parent !== undefined && opened === 0;
    const beside = at((line) => pathOf(line)?.slice(0, 2).join('\n') === [path[0], section].join('\n'));
    return inline && beside === 0
      ? {
          kind: 'by-hand',
          line: Math.max(
            1,
            at((line) => line.trimStart().startsWith(section ?? '')),
          ),
        }
      : { kind: 'at-end' };
  }
  const whole = [...path.slice(0, -1), name];
  const table = at((line) => pathOf(line)?.join('\n') === whole.join('\n'));
  const present = own(parent, name);
  if (table > 0 && typeof present === 'object' && present !== null) {
    const missing = keys.filter((key) => own(present, key.split(' = ')[0]) === undefined);
    const before = lines[table - 1] ?? '';
    return missing.length === 0
      ? { kind: 'by-hand', line: table }
      : { kind: 'in-line', line: table, before, after: [before, ...missing].join('\n') };
  }
  const bare = new RegExp(`^(\\s*["']?${name.replace(/[^\w]/g, '\\$&')}["']?)\\s*=`);
  const line = at((one) => bare.test(one));
  const key = bare.exec(lines[line - 1] ?? '')?.[1];
  return line === 0 || key === undefined
    ? { kind: 'by-hand', line: 1 }
    : { kind: 'in-line', line, before: `${key} = …`, after: `${key} = { ${keys.join(', ')} }` };
}

/** The parts of a table's header; `null` for any other line. */
function pathOf(line: string): readonly string[] | null {
  const inside = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
  if (inside === undefined) return null;
  return [...inside.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

function tableOf(text: string): unknown {
  try {
    return parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}

function own(table: unknown, key: string | undefined): unknown {
  return typeof table === 'object' && table !== null && key !== undefined && Object.hasOwn(table, key)
    ? (table as Record<string, unknown>)[key]
    : undefined;
}
