import type { SettingLayer } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { type ConfigEntry, createEntry } from '../npmrc/config-entry.ts';
import { groupedLines, lineValue } from '../npmrc/grouped-lines.ts';
import type { NpmrcEntry, NpmrcReading } from '../npmrc/read-npmrc.ts';
import { asWritten, type Reference, type Variables } from '../npmrc/references.ts';
import { expandPnpm, hasReference } from './pnpm-references.ts';
import type { PnpmRules } from './pnpm-rules.ts';

/** A setting in which this version replaces no reference: it passes over one of the project's file, and takes one of `_auth` as it stands. */
export interface RefusedEntry {
  entry: ConfigEntry;
  variable: string;
  what: 'registry' | 'credential' | 'auth-setting';
}

/** The settings of one rc file: those that count (one a key, in the order of pnpm's own object), all of them, and those it refuses. */
export interface PnpmLayer {
  counting: readonly ConfigEntry[];
  all: readonly ConfigEntry[];
  refused: readonly RefusedEntry[];
  /** The reference for which the whole file is dropped, with its setting. */
  dropped: { entry: ConfigEntry; reference: Reference } | null;
}

const credentialField = /(?:^|:)(?:_authToken|_auth|_password|username|tokenHelper|cert|key)$/;

/** Whether a key is a registry's (`registry`, `@scope:registry`), as pnpm tells. */
export function isRegistryKey(key: string): boolean {
  return key === 'registry' || (key.startsWith('@') && key.endsWith(':registry'));
}

/** The layer that pnpm makes of an rc file. `trusted`: references are replaced whatever the version says of the project's files. */
export function rcLayer(
  reading: NpmrcReading,
  layer: SettingLayer,
  path: string,
  trusted: boolean,
  rules: PnpmRules,
  variables: Variables,
): PnpmLayer {
  let dropped: PnpmLayer['dropped'] = null;
  const all: ConfigEntry[] = [];
  const refused: RefusedEntry[] = [];
  const byKey = new Map<string, ConfigEntry>();
  const late = new Map<string, ConfigEntry>();
  const groups = groupsOf(reading, rules);
  for (const { last, value, list } of groups) {
    const source: Source = { kind: 'file', path, line: last.line, column: last.column };
    const { entry, failed } = pnpmEntry(last.key, value, list, layer, source, rules, variables);
    if (rules.unsetReference === 'drops-file' && failed) dropped ??= { entry, reference: failed };
    all.push(entry);
    const what = trusted || rules.projectReferences === 'replaced' ? null : refusal(last.key, entry);
    if (what !== null) {
      refused.push({ entry, what, variable: variableIn(entry) });
      continue;
    }
    const target = rules.reader === 'npm-conf' && entry.key !== last.key ? late : byKey;
    target.set(entry.key, entry);
  }
  for (const [key, entry] of late) {
    byKey.delete(key);
    byKey.set(key, entry);
  }
  for (const entry of overridden(reading, groups)) {
    const source: Source = { kind: 'file', path, line: entry.line, column: entry.column };
    const made = pnpmEntry(entry.key, lineValue(entry), false, layer, source, rules, variables).entry;
    all.push({ ...made, superseded: true });
  }
  const counting = dropped === null ? [...byKey.values()] : [];
  const aside = new Set(refused.map(({ entry }) => entry));
  for (const [index, entry] of all.entries()) {
    const later = byKey.get(entry.key);
    if (later && later !== entry && !aside.has(entry)) all[index] = { ...entry, superseded: true };
  }
  return { counting, all, refused: dropped === null ? refused : [], dropped };
}

/** One setting as pnpm takes it from a file or a variable; `failed` is the first reference without a value. */
export function pnpmEntry(
  rawKey: string,
  raw: string,
  literal: boolean,
  layer: SettingLayer,
  place: Source,
  rules: PnpmRules,
  variables: Variables,
): { entry: ConfigEntry; failed: Reference | null } {
  let failed: Reference | null = null;
  const expand = (text: string) => {
    const expansion = expandPnpm(text, variables, rules);
    failed ??= expansion.failed;
    return expansion;
  };
  const entry = createEntry(rawKey, raw, layer, place, {
    key: rules.keyReferences ? expand : asWritten,
    value: literal
      ? asWritten
      : (text) => expand(rules.reader === 'npm-conf' ? withoutJsonQuotes(text) : text),
  });
  return { entry, failed };
}

interface Group {
  last: NpmrcEntry;
  value: string;
  list: boolean;
}

/** One group a key, `key[]` lines being one value of several; the reader of lines takes each line by itself. */
function groupsOf(reading: NpmrcReading, rules: PnpmRules): readonly Group[] {
  if (rules.reader === 'lines') {
    return reading.entries.flatMap((last) =>
      last.value === true ? [] : [{ last, value: last.value, list: false }],
    );
  }
  // a list of registries or credentials ends these versions with an error of their own (run for real: pnpm 9 to 11)
  const usable = groupedLines(reading.entries).filter(
    ({ last, list }) => !list || !(credentialField.test(last.key) || /^(?:@[^:]*:)?registry$/.test(last.key)),
  );
  return usable.map(({ last, values, list }) => ({
    last,
    list,
    value: list ? values.join(',') : nothingOf(last.key, values[0] ?? '', rules),
  }));
}

/** `ini` makes no text of these two words, which as a credential is none to pnpm 11. */
function nothingOf(key: string, value: string, rules: PnpmRules): string {
  const nothing = rules.reader === 'ini' && /^(?:false|null)$/.test(value) && credentialField.test(key);
  return nothing ? '' : value;
}

function overridden(reading: NpmrcReading, groups: readonly Group[]): readonly NpmrcEntry[] {
  const winners = new Set(groups.map(({ last }) => last));
  return reading.entries.filter((entry) => !winners.has(entry) && !entry.list && entry.value !== true);
}

/** npm's reader of values takes off a second pair of quotes. */
function withoutJsonQuotes(text: string): string {
  const trimmed = text.trim();
  if (!/^".*"$/.test(trimmed)) return trimmed;
  try {
    const read: unknown = JSON.parse(trimmed);
    return typeof read === 'string' ? read : trimmed;
  } catch {
    return trimmed;
  }
}

function refusal(rawKey: string, entry: ConfigEntry): RefusedEntry['what'] | null {
  const keys = [rawKey, entry.key];
  if (hasReference(rawKey)) {
    if (keys.some((key) => isRegistryKey(key) || key.startsWith('//'))) {
      return keys.some((key) => credentialField.test(key)) ? 'credential' : 'registry';
    }
    if (keys.some((key) => credentialField.test(key))) return 'credential';
  }
  if (!hasReference(entry.raw)) return null;
  if (isRegistryKey(entry.key) || /^(?:https-proxy|http-proxy|proxy)$/.test(entry.key)) return 'registry';
  return credentialField.test(entry.key) ? 'credential' : null;
}

/** The name of the first variable that an entry refers to, fit for printing. */
export function variableIn({ keyReferences, references, key, raw }: ConfigEntry): string {
  const found = [...keyReferences, ...references][0]?.name;
  return found ?? /\$\{(\w{1,64})\}/.exec(`${key} ${raw}`)?.[1] ?? '***';
}
