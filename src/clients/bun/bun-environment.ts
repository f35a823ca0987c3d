import type { ClientWorld } from '../../domain/client-world.ts';
import { type Variables, variablesOf } from '../npmrc/references.ts';
import { pathsOf } from '../world-paths.ts';

/** What Bun takes for the environment. `files` are the paths of the `.env` files that it read. */
export interface BunEnvironment {
  variable: Variables;
  files: readonly string[];
}

/** Larger files hold no variables that a person wrote. */
const largest = 1_000_000;
const longest = 65_536;

/**
 * The variables of the job, then those of the `.env` files of the project: `.env.<mode>.local`, `.env.local` (but in tests), `.env.<mode>`, `.env`.
 * The mode is `production` unless NODE_ENV or BUN_ENV says otherwise. A variable that is set, even to nothing, stays (run for real: Bun 1.4.5).
 * bunfig.toml switches the files off with `env = false`.
 */
export function bunEnvironment(world: ClientWorld, envFiles: boolean): BunEnvironment {
  const own = variablesOf(world.env, world.platform);
  if (!envFiles) return { variable: own, files: [] };
  const chosen = own('BUN_ENV') || own('NODE_ENV') || 'production';
  const mode = /^(?:production|development|test)$/.test(chosen) ? chosen : null;
  const names = [
    ...(mode === null ? [] : [`.env.${mode}.local`]),
    ...(mode === 'test' ? [] : ['.env.local']),
    ...(mode === null ? [] : [`.env.${mode}`]),
    '.env',
  ];
  const values = new Map<string, string>();
  const variable: Variables = (name) => own(name) ?? values.get(name);
  const files: string[] = [];
  for (const name of names) {
    const path = pathsOf(world).join(world.workspaceRoot, name);
    const reading = world.files.read(path);
    if (reading.kind !== 'text' || reading.text.length > largest) continue;
    files.push(path);
    const lines = readEnvLines(reading.text);
    for (const { key, value } of lines)
      if (own(key) === undefined && !values.has(key)) values.set(key, value);
  }
  for (const [key, value] of values) values.set(key, replaced(value, variable));
  return { variable, files };
}

/** `KEY=value` lines, `export` before them, quotes around the value, comments behind it; the last one of a key counts. */
function readEnvLines(text: string): { key: string; value: string }[] {
  const byKey = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const found = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (!found) continue;
    const [, key = '', rest = ''] = found;
    const quoted = /^"((?:[^"\\]|\\.)*)"|^'([^']*)'|^`([^`]*)`/.exec(rest);
    byKey.set(
      key,
      quoted ? (quoted[1] ?? quoted[2] ?? quoted[3] ?? '') : (rest.split('#', 1)[0] ?? '').trim(),
    );
  }
  return [...byKey].map(([key, value]) => ({ key, value }));
}

/** `$NAME`, `${NAME}` and `${NAME:-text}`; a backslash keeps the dollar. What would grow too long stays as written. */
function replaced(value: string, variable: Variables): string {
  let grown = 0;
  return value.replace(
    /\\\$|\$(?:\{(\w+)(?::-([^{}]*))?\}|(\w+))/g,
    (whole, braced?: string, fallback?: string, bare?: string) => {
      if (whole === '\\$') return '$';
      const found = variable(braced ?? bare ?? '') ?? fallback ?? '';
      grown += found.length;
      return grown > longest ? whole : found;
    },
  );
}
