import { isWithin } from '../domain/plain-version.ts';
import type { DependencySpec } from './dependency-spec.ts';
import type { LockEntry } from './lock-entry.ts';
import type { OverrideRule } from './overrides.ts';

/** The rules of `overrides` by the name that they are installed under. */
export type OverridesByName = ReadonlyMap<string, readonly OverrideRule[]>;

/** The rules in their order, by name. */
export function overridesByName(rules: readonly OverrideRule[]): OverridesByName {
  const byName = new Map<string, OverrideRule[]>();
  for (const rule of rules) {
    const known = byName.get(rule.installName);
    if (known === undefined) byName.set(rule.installName, [rule]);
    else known.push(rule);
  }
  return byName;
}

/** The override that may have put this entry into the lockfile, `null` when none fits. */
export function overrideOf(entry: LockEntry, overrides: OverridesByName): OverrideRule | null {
  const rules = overrides.get(entry.installName ?? '') ?? [];
  return rules.find(({ spec }) => fits(spec, entry)) ?? null;
}

/**
 * The lockfile's entry is what the manifest asks for, or what an override made of it. A lockfile that disagrees is not used for that name: `npm ci` stops,
 * `npm install` asks anew.
 */
export function agrees(spec: DependencySpec, entry: LockEntry, overrides: OverridesByName): boolean {
  return fits(spec, entry) || overrideOf(entry, overrides) !== null;
}

function fits(spec: DependencySpec, entry: LockEntry): boolean {
  if (entry.linkTo !== null || spec.name !== entry.packageName) return false;
  if (spec.from === 'url') return entry.resolved !== null && originOf(entry) === 'registry';
  // npm compares versions alone: what was once locked from git stays (its dep-valid.js)
  const isOfVersion = spec.from === 'registry' && spec.range !== null;
  if (!isOfVersion && spec.from !== originOf(entry)) return false;
  return satisfies(entry.version, spec.range);
}

/** A version fits a range; `*` and `null` take any, even none. */
export function satisfies(version: string | null, range: string | null): boolean {
  return range === null || range === '*' || isWithin(version ?? '', range);
}

/** Where the lockfile takes an entry from. A tarball asked for by address looks like one of a registry. */
export function originOf({ resolved, linkTo }: LockEntry): 'registry' | 'git' | 'file' {
  if (linkTo !== null || (resolved !== null && /^file:/i.test(resolved))) return 'file';
  if (resolved === null || /^https?:/i.test(resolved)) return 'registry';
  return /^(?:git|ssh|github|gitlab|bitbucket|gist)\b|^[^:/\s]+\/[^/\s]+#/i.test(resolved)
    ? 'git'
    : 'registry';
}
