import type { ScopePlan } from '../../domain/plan.ts';
import { registryKey } from '../../domain/registry-key.ts';
import { withBlock, withoutBlocks } from './marked-block.ts';
import { npmRules } from './npm-rules.ts';
import { sectionLine } from './read-npmrc.ts';

/** What an `.npmrc` is written from. `before` is `null` when the file is absent; `version` is the npm that will read it. */
export interface NpmrcPlan {
  before: string | null;
  scopes: readonly ScopePlan[];
  version: string;
}

/**
 * The whole new text of an `.npmrc`: the user's bytes and one marked block. The block stands last, so that its lines win over equal keys
 * (measured: q20), but above a `[section]`, which would hide it (measured: q19). Planning twice gives the same text.
 * Scopes, URLs and variable names that are not well-formed are left out, so nothing but the block's own lines can enter.
 */
export function planNpmrc({ before, scopes, version }: NpmrcPlan): string {
  const text = withoutBlocks(before ?? '');
  const lines = blockLines(scopes, version);
  return lines.length === 0 ? text : withBlock(text, lines, firstSection(text));
}

/** The text without the block: the very bytes that `planNpmrc` was given. */
export function unplanNpmrc(text: string): string {
  return withoutBlocks(text);
}

/**
 * The lines of the block: a registry line for each scope, the exact key of each registry (measured: k01, k05), one key above all GitLab
 * projects where one credential serves them (measured: k05, k31), `allow-remote=all` where this npm refuses GitLab's tarballs
 * without it (measured: x01, x02, x05).
 */
export function blockLines(scopes: readonly ScopePlan[], version: string): readonly string[] {
  const usable = scopes.flatMap((plan) => {
    const registry = safeRegistry(plan.registry);
    const scope = plan.scope === null ? '' : safeScope(plan.scope);
    return registry === null || scope === null ? [] : [{ ...plan, registry, scope }];
  });
  const registries = usable.map(({ scope, registry }) => `${scope}registry=${registry}`);
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
  const tarballsElsewhere = usable.some(({ prefix }) => prefix !== null && prefix.kind !== 'project');
  const remote = tarballsElsewhere && npmRules(version).remoteDefault === 'none' ? ['allow-remote=all'] : [];
  return [...new Set([...registries, ...keys, ...remote])];
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
  const path = pathname.replace(/[;=#"'\\$]/g, (character) =>
    encodeURIComponent(character).replace("'", '%27'),
  );
  return `${protocol}//${host}${path.endsWith('/') ? path : `${path}/`}`;
}

function safeScope(scope: string): string | null {
  return /^@[\w.~!*()-]+$/.test(scope) ? `${scope}:` : null;
}
