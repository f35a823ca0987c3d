import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import type { Reference, Variables } from '../npmrc/references.ts';
import { pnpmEntry } from './pnpm-entries.ts';
import { variableOf } from './pnpm-places.ts';
import type { PnpmRules } from './pnpm-rules.ts';

/** The settings that pnpm makes of variables; `failed`: a reference in one of them has no value, on which pnpm up to 10 ends. */
export interface PnpmEnvironment {
  entries: readonly ConfigEntry[];
  failed: { reference: Reference; source: Source } | null;
}

/**
 * Up to pnpm 10 every `npm_config_*` variable (measured: p08, p09; its keys are written small, so that `:_authToken` survives only behind
 * the first colon: p06); from 11.6 on `npm_config_//…` and `pnpm_config_//…`, the latter stronger (measured: p06, p06e).
 */
export function pnpmEnvironment(world: ClientWorld, rules: PnpmRules, variables: Variables): PnpmEnvironment {
  switch (rules.environment) {
    case 'none':
      return { entries: [], failed: null };
    case 'url-keys':
      return { entries: urlKeys(world, rules, variables), failed: null };
    case 'npm-lower':
    case 'npm-keeps-scope':
      return npmVariables(world, rules, variables);
  }
}

/** A setting of pnpm's own (`registry`, `https_proxy`) from `pnpm_config_…` in its two spellings; pnpm 11 and later. */
export function pnpmVariable(world: ClientWorld, rules: PnpmRules, name: string) {
  if (rules.userFile === 'npm-variables') return null;
  return variableOf(world, `pnpm_config_${name}`, `PNPM_CONFIG_${name.toUpperCase()}`);
}

function npmVariables(world: ClientWorld, rules: PnpmRules, variables: Variables): PnpmEnvironment {
  const byKey = new Map<string, { name: string; value: string }>();
  for (const [name, value] of Object.entries(world.env)) {
    if (!value || !/^npm_config_./i.test(name)) continue;
    byKey.set(npmKey(name.slice('npm_config_'.length), rules), { name, value });
  }
  let found: PnpmEnvironment['failed'] = null;
  const entries = [...byKey].map(([key, { name, value }]) => {
    const source: Source = { kind: 'env', name };
    const { entry, failed } = pnpmEntry(key, value, false, 'env', source, rules, variables);
    if (failed) found ??= { reference: failed, source };
    return entry;
  });
  return { entries, failed: found };
}

function npmKey(rest: string, rules: PnpmRules): string {
  const colon = rest.indexOf(':');
  if (colon === -1) return small(rest);
  const scope = rest.slice(0, colon);
  return `${rules.environment === 'npm-lower' ? small(scope) : scope}:${small(rest.slice(colon + 1))}`;
}

function small(text: string): string {
  const lower = text.toLowerCase();
  return lower === '_authtoken' ? '_authToken' : lower.replace(/(?!^)_/g, '-');
}

function urlKeys(world: ClientWorld, rules: PnpmRules, variables: Variables): ConfigEntry[] {
  const ofNpm = new Map<string, ConfigEntry>();
  const ofPnpm = new Map<string, ConfigEntry>();
  for (const [name, value] of Object.entries(world.env)) {
    const key = /^p?npm_config_(\/\/.+)$/is.exec(name)?.[1];
    if (!value || key === undefined || key.endsWith(':tokenHelper')) continue;
    const plain = { ...rules, keyReferences: false };
    const { entry } = pnpmEntry(key, value, true, 'env', { kind: 'env', name }, plain, variables);
    (/^p/i.test(name) ? ofPnpm : ofNpm).set(key, entry);
  }
  return [...new Map([...ofNpm, ...ofPnpm]).values()];
}
