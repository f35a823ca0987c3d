import type { SettingLayer } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { expandReferences } from '../npm/expand-references.ts';
import { npmRules } from '../npm/npm-rules.ts';
import { type ConfigEntry, createEntry } from '../npmrc/config-entry.ts';
import { groupedLines, lineValue } from '../npmrc/grouped-lines.ts';
import type { NpmrcReading } from '../npmrc/read-npmrc.ts';
import { asWritten, type Variables } from '../npmrc/references.ts';
import type { YarnrcEntry } from './yarn-read-yarnrc.ts';
import type { YarnRules } from './yarn-rules.ts';

/** Yarn 1 replaces references as npm 6 does, in values only (measured: q08-q11, q18, u01). */
const expansionRules = () => npmRules('6.14.18');
const valueless = asWritten('');

/**
 * The entries of an `.npmrc` for Yarn 1, in the order of the file: of equal keys only the last counts and is expanded. `false` and `null`
 * are nothing, a key without `=` is on.
 */
export function npmrcEntries(
  { entries }: NpmrcReading,
  layer: SettingLayer,
  path: string,
  variables: Variables,
): ConfigEntry[] {
  const groups = new Map(groupedLines(entries).map((group) => [group.last.key, group]));
  return entries.flatMap((entry): ConfigEntry[] => {
    const group = groups.get(entry.key);
    const superseded = group?.last !== entry;
    if (superseded && group?.list) return [];
    const source: Source = { kind: 'file', path, line: entry.line, column: entry.column };
    const raw = superseded ? lineValue(entry) : group.values.join(',');
    const value = (text: string) =>
      text === 'false' || text === 'null'
        ? valueless
        : group?.list
          ? asWritten(text)
          : expandReferences(text, variables, expansionRules());
    const created = createEntry(entry.key, raw, layer, source, { key: asWritten, value });
    return [{ ...created, superseded }];
  });
}

/** The entries of a `.yarnrc`, which has no references; of equal keys the last counts. */
export function yarnrcEntries(
  entries: readonly YarnrcEntry[],
  layer: SettingLayer,
  path: string,
): ConfigEntry[] {
  return entries.map(({ key, value, quoted, line, column }) =>
    createEntry(
      key,
      value,
      layer,
      { kind: 'file', path, line, column },
      {
        key: asWritten,
        value: (text) => (!quoted && /^(?:false|0)$/.test(text) ? valueless : asWritten(text)),
      },
    ),
  );
}

/**
 * The entries that Yarn 1 makes of variables with one prefix (`npm_config_`, `yarn_`), last of equal keys: keys in lower case, so that no
 * `_authToken` is ever among them; `__` separates the parts of a path, as a dot does, so such keys set nothing that is looked up; other
 * underscores are dashes. Nothing is expanded. (Measured: p06, p08, p09; Yarn 1.22 mergeEnv.)
 */
export function variableEntries(
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
  rules: YarnRules,
): ConfigEntry[] {
  const byKey = new Map<string, ConfigEntry>();
  for (const [name, value] of Object.entries(env)) {
    const lower = name.toLowerCase();
    const matches = rules.prefixAnywhere ? lower.includes(prefix) : lower.startsWith(prefix);
    if (!matches || value === undefined) continue;
    const dotted = (lower.startsWith(prefix) ? lower.slice(prefix.length) : lower).replaceAll('__', '.');
    const key = rules.keepsFirstUnderscore ? dotted.replace(/([^_])_/g, '$1-') : dotted.replaceAll('_', '-');
    if (key === '' || key.includes('.')) continue;
    const reading = {
      key: asWritten,
      value: (text: string) => (text === 'false' ? valueless : asWritten(text)),
    };
    byKey.set(key, createEntry(key, value, 'env', { kind: 'env', name }, reading));
  }
  return [...byKey.values()];
}
