import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { SettingLayer } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import type { ReadNpmrc } from '../npmrc/config-problems.ts';
import { groupedLines, lineValue } from '../npmrc/grouped-lines.ts';
import type { NpmrcEntry, NpmrcReading } from '../npmrc/read-npmrc.ts';
import { type Variables, variablesOf } from '../npmrc/references.ts';
import { npmEntry } from './npm-entry.ts';
import { npmFiles, resolvePath } from './npm-files.ts';
import type { NpmRules } from './npm-rules.ts';

export interface LoadedSettings {
  /** Strongest layer first; within a layer in npm's order. */
  entries: readonly ConfigEntry[];
  /** The entry of each key that counts. */
  effective: ReadonlyMap<string, ConfigEntry>;
  /** The strongest entry of a key whose value npm accepts; values it does not accept are passed over. */
  typed(key: string, accepts: (value: string) => boolean): ConfigEntry | undefined;
  /** The path that a setting names, absolute; `null` when it is not set. */
  path(key: string): string | null;
  files: readonly ClientFile[];
  read: readonly ReadNpmrc[];
  variables: Variables;
}

/**
 * Every setting that npm at these rules takes from environment and files, strongest first: environment, project, user, global
 * (measured: p01-p08). Command-line options and npm's own built-in file are not looked at.
 */
export function loadSettings(world: ClientWorld, rules: NpmRules): LoadedSettings {
  const variables = variablesOf(world.env, world.platform);
  const environment = environmentEntries(world, rules, variables);
  const files = npmFiles(world, rules, environment, (reading, role, shown) =>
    fileEntries(reading, role, shown, rules, variables),
  );
  const entries = [environment, ...files.layers].flat();
  const layers = [environment, ...files.layers].map(
    (layer) => new Map(layer.map((entry) => [entry.key, entry])),
  );
  const effective = new Map<string, ConfigEntry>();
  for (const layer of layers) {
    for (const [key, entry] of layer) if (!effective.has(key)) effective.set(key, entry);
  }
  const typed = (key: string, accepts: (value: string) => boolean) =>
    layers.map((layer) => layer.get(key)).find((entry) => entry !== undefined && accepts(entry.value));
  for (const entry of entries) {
    if (effective.get(entry.key) !== entry) entry.setting = { ...entry.setting, inEffect: false };
  }
  const path = (key: string) => {
    const value = effective.get(key)?.value;
    return value ? resolvePath(world, value) : null;
  };
  return { entries, effective, typed, path, files: files.files, read: files.read, variables };
}

/** Which keys npm makes of `npm_config_*` variables: empty ones are left out; `_` becomes `-` but at the start (measured: p06-p09). */
function environmentEntries(world: ClientWorld, rules: NpmRules, variables: Variables): ConfigEntry[] {
  const byKey = new Map<string, { name: string; value: string }>();
  for (const [name, value] of Object.entries(world.env)) {
    if (!value || !/^npm_config_/i.test(name)) continue;
    const rest = name.slice('npm_config_'.length);
    const key =
      rules.keysInEnvironment && rest.startsWith('//') ? rest : rest.replace(/(?!^)_/g, '-').toLowerCase();
    byKey.set(key, { name, value });
  }
  return [...byKey].map(([key, { name, value }]) =>
    npmEntry(key, value.trim(), 'env', { kind: 'env', name }, rules, variables),
  );
}

function fileEntries(
  reading: NpmrcReading,
  layer: SettingLayer,
  path: string,
  rules: NpmRules,
  variables: Variables,
): ConfigEntry[] {
  const groups = groupedLines(reading.entries);
  const winners = new Set(groups.map(({ last }) => last));
  const overridden = reading.entries.filter((entry) => !winners.has(entry) && !entry.list);
  const create = (entry: NpmrcEntry, value: string) => {
    const source: Source = { kind: 'file', path, line: entry.line, column: entry.column };
    return npmEntry(entry.key, value, layer, source, rules, variables);
  };
  return [
    ...overridden.map((entry) => ({ ...create(entry, lineValue(entry)), superseded: true })),
    // a list of registries ends npm once it asks one of its packages (run for real: npm 10 to 12)
    ...groups
      .filter(({ last, list }) => !list || !/^(?:@[^:]*:)?registry$/.test(last.key))
      .map(({ last, values, list }) => {
        const entry = create(last, values.join(','));
        return list && fieldOfCredential.test(last.key) ? asItStands(entry, values.join(',')) : entry;
      }),
  ];
}

const fieldOfCredential = /^\/\/.*:(?:_authToken|_auth|_password|username)$/;

/** npm replaces no references in a list that it knows no type for (run for real: npm 10 to 12). */
function asItStands(entry: ConfigEntry, value: string): ConfigEntry {
  return { ...entry, value, references: [] };
}
