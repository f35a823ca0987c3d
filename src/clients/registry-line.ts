import type { LineChange } from '../domain/config-edits.ts';

/** A line that maps packages to a registry. `scope` is the one it maps now, `null`: all that no scope's line covers. */
export interface RegistryLine {
  path: string;
  text: string;
  line: number;
  scope: string | null;
}

/** Longer lines no person wrote. */
const longestLine = 1000;

type Change = (line: string, found: RegistryLine, scope: string | null, to: string) => string | null;

/**
 * The change by which the line of a registry in a YAML, TOML or `.yarnrc` file names the registry `to`, for the packages of `scope`. `null` for
 * other files, and where one line can't say it.
 */
export function registryLineTo(found: RegistryLine, scope: string | null, to: string): LineChange | null {
  const before = found.text.split(/\r?\n/)[found.line - 1];
  const change = changeFor(found.path);
  const after =
    before === undefined || before.length > longestLine ? null : (change?.(before, found, scope, to) ?? null);
  if (before === undefined || after === null) return null;
  return { line: found.line, before: shown(before), after };
}

function changeFor(path: string): Change | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (/\.toml$/i.test(name)) return tomlLine;
  if (/^(?:pnpm-workspace|config)\.ya?ml$/i.test(name)) return pnpmLine;
  if (/\.ya?ml$/i.test(name)) return berryLine;
  return name === '.yarnrc' ? yarnLine : null;
}

/** A line of `registries` by scope, of `registry`, or (pnpm 12) of a registry with its scopes, which can't be told from here. */
function pnpmLine(line: string, found: RegistryLine, scope: string | null, to: string): string | null {
  const [, indent = '', key = ''] = /^(\s*)("[^"]*"|'[^']*'|[^\s:]+)\s*:\s+\S/.exec(line) ?? [];
  const url = JSON.stringify(to);
  if (key === '') return null;
  if (scope === found.scope) return `${indent}${key}: ${url}`;
  if (scope === null) return null;
  if (indent !== '') return `${indent}${JSON.stringify(scope)}: ${url}`;
  return /^["']?registries["']?\s*:/m.test(found.text)
    ? null
    : `registries:\n  ${JSON.stringify(scope)}: ${url}`;
}

function berryLine(line: string, found: RegistryLine, scope: string | null, to: string): string | null {
  const [, indent = '', key = ''] = /^(\s*)(["']?npmRegistryServer["']?)\s*:\s+\S/.exec(line) ?? [];
  const url = JSON.stringify(to);
  if (key === '') return null;
  if (scope === found.scope) return `${indent}${key}: ${url}`;
  if (scope === null || found.scope !== null || /^["']?npmScopes["']?\s*:/m.test(found.text)) return null;
  return ['npmScopes:', `  ${JSON.stringify(scope.slice(1))}:`, `    npmRegistryServer: ${url}`].join('\n');
}

function yarnLine(line: string, found: RegistryLine, scope: string | null, to: string): string | null {
  const [, indent = '', key = '', colon = ''] = /^(\s*)("[^"]*"|[^\s":]+)(:?)\s+\S/.exec(line) ?? [];
  if (key === '') return null;
  const name = scope === found.scope || scope === null ? key : JSON.stringify(`${scope}:registry`);
  return scope === null && found.scope !== null ? null : `${indent}${name}${colon} ${JSON.stringify(to)}`;
}

function tomlLine(line: string, found: RegistryLine, scope: string | null, to: string): string | null {
  const [, indent = '', key = '', value = ''] =
    /^(\s*)("[^"]*"|'[^']*'|[\w-]+)\s*=\s*("[^"]*"|'[^']*'|\{[^{}]*\})\s*(?:#.*)?$/.exec(line) ?? [];
  const url = JSON.stringify(to);
  const isTable = value.startsWith('{');
  const renamed = isTable ? value.replace(/\burl\s*=\s*(?:"[^"]*"|'[^']*')/, `url = ${url}`) : url;
  if (key === '' || (isTable && (!renamed.includes(url) || holdsSecret(value)))) return null;
  if (scope === found.scope) return `${indent}${key} = ${renamed}`;
  // below [install] alone, and only where no table of scopes is opened
  if (scope === null || found.scope !== null || key !== 'registry' || /\bscopes\b/.test(found.text))
    return null;
  return `${indent}scopes.${JSON.stringify(scope)} = ${renamed}`;
}

/** Whether an inline table has a text that is neither its URL nor a reference to a variable. */
function holdsSecret(table: string): boolean {
  return [...table.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].some(
    ([, key, double, single]) => key !== 'url' && !/^\$\w+$/.test(double ?? single ?? ''),
  );
}

/** A line without what may be a secret in it: a user in its URL. */
function shown(line: string): string {
  return /\/\/[^/\s"']*@/.test(line) ? line.replace(/([:=]|\s)\s*["'{]?[^:=\s]*:\/\/.*$/, '$1 …') : line;
}
