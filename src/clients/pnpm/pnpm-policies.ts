import { valid } from 'semver';
import type { AgeGate } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { scopeOf } from '../../domain/dependency.ts';
import type { Source } from '../../domain/source.ts';
import { pnpmVariable } from './pnpm-environment.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';

/** A setting and where it stands. */
interface Found {
  value: unknown;
  source: Source;
}

/** pnpm-workspace.yaml before rc files and variables up to 10; the environment before it from 11 on, config.yaml after it. */
export function policySetting(
  world: ClientWorld,
  { effective, layers }: PnpmSettings,
  rules: PnpmRules,
  camel: string,
  kebab: string,
): Found | null {
  const variable = pnpmVariable(world, rules, kebab.replaceAll('-', '_'));
  if (variable) return { value: variable.value, source: { kind: 'env', name: variable.name } };
  const workspace = rules.workspaceFile === 'settings' ? layers.workspace : null;
  for (const yaml of [workspace, layers.global]) {
    const value = yaml?.get(camel);
    if (yaml && value !== undefined && value !== null) return { value, source: yaml.source(camel) };
  }
  const entry = rules.reader === 'npm-conf' ? effective.get(kebab) : undefined;
  return entry ? { value: entry.value, source: entry.source } : null;
}

export function policyList(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    try {
      const parsed: unknown = JSON.parse(value);
      if (Array.isArray(parsed)) return policyList(parsed);
    } catch {
      return value.split(',').map((item) => item.trim());
    }
    return [value];
  }
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/**
 * Whether the patterns except a package: wholly (`version` is `null`), or at that version. Each pattern stands alone, so that `!name` excepts
 * everything else (@pnpm/config.version-policy).
 */
export function exclusion(patterns: readonly string[]): (name: string, version: string | null) => boolean {
  const parsed = patterns.map((pattern) => {
    const at = pattern.indexOf('@', 1);
    const versions =
      at === -1
        ? null
        : pattern
            .slice(at + 1)
            .split('||')
            .map((text) => valid(text.trim()));
    return { matches: matcher(at === -1 ? pattern : pattern.slice(0, at)), versions };
  });
  return (name, version) =>
    parsed.some(
      ({ matches, versions }) =>
        matches(name) && (versions === null || (version !== null && versions.includes(version))),
    );
}

export function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}

/** The lines that except a package and its scope from a policy. */
export function exceptionFor(setting: string, name: string): AgeGate['cure'] {
  const scope = scopeOf(name);
  return {
    file: 'pnpm-workspace.yaml',
    entry: scope === null ? name : `${scope}/*`,
    lines: (entries) => [`${setting}:`, ...entries.map((entry) => `  - "${entry}"`)].join('\n'),
  };
}

function matcher(pattern: string): (name: string) => boolean {
  if (pattern.startsWith('!')) {
    const other = matcher(pattern.slice(1));
    return (name) => !other(name);
  }
  const parts = pattern.split('*');
  return (name) => {
    let at = 0;
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1;
      const found =
        index === 0
          ? name.startsWith(part)
            ? 0
            : -1
          : last
            ? lastPlace(name, part, at)
            : name.indexOf(part, at);
      if (found === -1 || (index === 0 && last && name !== part)) return false;
      at = found + part.length;
    }
    return true;
  };
}

function lastPlace(name: string, part: string, from: number): number {
  const at = name.length - part.length;
  return at >= from && name.endsWith(part) ? at : -1;
}
