import { valid } from 'semver';
import type { AgeGate, ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { type Dependency, scopeOf } from '../../domain/dependency.ts';
import type { Source } from '../../domain/source.ts';
import { printableText } from '../npmrc/printable-line.ts';
import { pnpmVariable } from './pnpm-environment.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';

/** What `minimumReleaseAge` makes of dependencies. */
export interface ReleaseAge {
  gate(dependency: Dependency): AgeGate | null;
  /** Whether pnpm 11 and later look up the age of a locked version. */
  checks(dependency: Dependency): boolean;
  /** pnpm ends on an exception that it can't read. */
  stop: ClientStop | null;
}

const day = 24 * 60;

/**
 * `minimumReleaseAge` and its exceptions (measured: n15, n15b; run for real on 10.34, 11, 12; @pnpm/config, version-policy). From 11 on a day by
 * default, but versions too young are only held back when the setting is strict, and packages without times pass unless told otherwise.
 */
export function releaseAge(world: ClientWorld, settings: PnpmSettings, rules: PnpmRules): ReleaseAge {
  if (rules.releaseAge === 'none') return { gate: () => null, checks: () => false, stop: null };
  const read = (camel: string, kebab: string) => settingOf(world, settings, rules, camel, kebab);
  const set = read('minimumReleaseAge', 'minimum-release-age');
  const byDefault = rules.releaseAge === 'day-by-default' ? day : 0;
  const minutes = set === null ? byDefault : numberOf(set.value, byDefault);
  const flag = (camel: string, kebab: string, otherwise: boolean) => {
    const found = read(camel, kebab)?.value;
    return found === undefined ? otherwise : found === true || found === 'true';
  };
  const strict =
    rules.releaseAge === 'times-required' ||
    flag('minimumReleaseAgeStrict', 'minimum-release-age-strict', rules.strictWhenSet && set !== null);
  const ignores =
    rules.releaseAge === 'day-by-default' &&
    flag('minimumReleaseAgeIgnoreMissingTime', 'minimum-release-age-ignore-missing-time', true);
  const exceptions = read('minimumReleaseAgeExclude', 'minimum-release-age-exclude');
  const patterns = listOf(exceptions?.value);
  const excluded = exclusion(patterns);
  const wrong = patterns.find(isWrong);
  const source: Source = set?.source ?? {
    kind: 'default',
    why: 'minimumReleaseAge is a day in this version of pnpm',
  };
  return {
    gate(dependency) {
      if (minutes <= 0 || dependency.from !== 'registry' || (!strict && ignores)) return null;
      if (excluded(dependency.name, null)) return null;
      const { name, locked } = dependency;
      if (ignores && locked && excluded(name, locked.version)) return null;
      return {
        minutes,
        missingTime: ignores ? 'taken' : 'refused',
        stop: ignores
          ? {
              code: 'ERR_PNPM_NO_MATURE_MATCHING_VERSION',
              message: `no version of ${name} is old enough`,
              source,
            }
          : { code: 'ERR_PNPM_MISSING_TIME', message: `the metadata of ${name} has no field "time"`, source },
        cure: cureFor(name),
      };
    },
    checks: ({ name, locked }) =>
      minutes > 0 && !excluded(name, null) && !(locked && excluded(name, locked.version)),
    stop:
      wrong === undefined || exceptions === null
        ? null
        : {
            code: 'ERR_PNPM_INVALID_MINIMUM_RELEASE_AGE_EXCLUDE',
            message: `Invalid value in minimumReleaseAgeExclude: ${printableText(wrong)}`,
            source: exceptions.source,
          },
  };
}

function cureFor(name: string): AgeGate['cure'] {
  const scope = scopeOf(name);
  const pattern = scope === null ? name : `${scope}/*`;
  return { file: 'pnpm-workspace.yaml', text: `minimumReleaseAgeExclude:\n  - "${pattern}"` };
}

interface Found {
  value: unknown;
  source: Source;
}

/** pnpm-workspace.yaml before rc files and variables up to 10; the environment before it from 11 on, config.yaml after it. */
function settingOf(
  world: ClientWorld,
  { effective, layers }: PnpmSettings,
  rules: PnpmRules,
  camel: string,
  kebab: string,
): Found | null {
  const variable = pnpmVariable(world, rules, kebab.replaceAll('-', '_'));
  if (variable) return { value: variable.value, source: { kind: 'env', name: variable.name } };
  for (const yaml of [layers.workspace, layers.global]) {
    const value = yaml?.get(camel);
    if (yaml && value !== undefined && value !== null) return { value, source: yaml.source(camel) };
  }
  const entry = rules.reader === 'npm-conf' ? effective.get(kebab) : undefined;
  return entry ? { value: entry.value, source: entry.source } : null;
}

function numberOf(value: unknown, otherwise: number): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : otherwise;
}

function listOf(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    try {
      const parsed: unknown = JSON.parse(value);
      if (Array.isArray(parsed)) return listOf(parsed);
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
function exclusion(patterns: readonly string[]): (name: string, version: string | null) => boolean {
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

/** Behind a name without `*` only exact versions may stand (run for real: `!@acme/trans` is such a name). */
function isWrong(pattern: string): boolean {
  const at = pattern.indexOf('@', 1);
  if (at === -1) return false;
  const versions = pattern.slice(at + 1).split('||');
  return pattern.slice(0, at).includes('*') || versions.some((text) => valid(text.trim()) === null);
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
