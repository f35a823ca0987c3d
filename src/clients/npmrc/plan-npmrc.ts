import { percentEncoded } from '../../domain/percent-form.ts';
import type { ScopePlan } from '../../domain/plan.ts';
import { registryKey } from '../../domain/registry-key.ts';
import { withBlock, withoutBlocks } from '../marked-block.ts';
import { sectionLine } from './read-npmrc.ts';

/** A scope's registry whose texts are safe to write: `scope` is `@acme:` or empty for unscoped packages. */
export interface NpmrcScope extends ScopePlan {
  prefixed: string;
}

/**
 * What an `.npmrc` is written from. `before` is `null` when the file is absent. `more` gives the lines that one client needs beside;
 * `parts` leaves out registry lines or credentials where another file takes them.
 */
export interface NpmrcPlan {
  before: string | null;
  scopes: readonly ScopePlan[];
  more?: (scopes: readonly NpmrcScope[]) => readonly string[];
  parts?: 'all' | 'registries' | 'credentials';
}

/**
 * The whole new text of an `.npmrc`: the user's bytes and one marked block. The block stands last, so that its lines win over equal keys
 * (measured: q20), but above a `[section]`, which would hide it (measured: q19). Planning twice gives the same text.
 * Scopes, URLs and variable names that are not well-formed are left out, so nothing but the block's own lines can enter.
 */
export function planNpmrc(plan: NpmrcPlan): string {
  const text = withoutBlocks(plan.before ?? '');
  const lines = blockLines(plan);
  return lines.length === 0 ? text : withBlock(text, lines, firstSection(text));
}

/**
 * The lines of the block: a registry line for each scope, the exact key of each registry (measured: k01, k05), one key above all GitLab
 * projects where one credential serves them (measured: k05, k31), then what the client needs beside.
 */
function blockLines({ scopes, more, parts = 'all' }: NpmrcPlan): readonly string[] {
  const usable = scopes.flatMap((plan): NpmrcScope[] => {
    const registry = safeRegistry(plan.registry);
    const prefixed = plan.scope === null ? '' : safeScope(plan.scope);
    return registry === null || prefixed === null ? [] : [{ ...plan, registry, prefixed }];
  });
  const registries = usable.map(({ prefixed, registry }) => `${prefixed}registry=${registry}`);
  const variables = new Map<string, string | null>();
  const claim = (key: string, variable: string) => {
    const other = variables.get(key);
    variables.set(key, other === undefined || other === variable ? variable : null);
  };
  const projectKeys = new Set<string>();
  for (const { registry, prefix, tokenVariable } of usable) {
    if (tokenVariable === null || !/^[A-Za-z_]\w*$/.test(tokenVariable)) continue;
    variables.set(registryKey(registry), tokenVariable);
    const projects = prefix === null ? null : safeRegistry(`${prefix.apiUrl}/projects/`);
    if (projects !== null) projectKeys.add(registryKey(projects));
    if (projects !== null) claim(registryKey(projects), tokenVariable);
  }
  const keys = [...variables]
    .filter(([, variable]) => variable !== null)
    .sort(([a], [b]) => Number(projectKeys.has(a)) - Number(projectKeys.has(b)))
    .map(([key, variable]) => `${key}:_authToken=\${${variable}}`);
  return [
    ...new Set([
      ...(parts === 'credentials' ? [] : registries),
      ...(parts === 'registries' ? [] : keys),
      ...(more?.(usable) ?? []),
    ]),
  ];
}

/** Where the block works: before the first section, at the end when there is none. */
function firstSection(text: string): number {
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    if (sectionLine.test(line[0])) return line.index;
  }
  return text.length;
}

/** An http(s) URL with its final slash and without user, query and fragment; characters of the file's grammar percent-encoded. */
function safeRegistry(url: string): string | null {
  if (!URL.canParse(url) || /[\p{Cc}\s]/u.test(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol) || host === '') return null;
  const path = pathname.replace(/[;=#"'\\$]/g, (character) => percentEncoded(character).replace("'", '%27'));
  return `${protocol}//${host}${path.endsWith('/') ? path : `${path}/`}`;
}

function safeScope(scope: string): string | null {
  return /^@[\w.~!*()-]+$/.test(scope) ? `${scope}:` : null;
}
