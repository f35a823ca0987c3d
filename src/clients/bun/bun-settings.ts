import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import { type ConfigEntry, createEntry } from '../npmrc/config-entry.ts';
import type { ReadConfig, ReadNpmrc } from '../npmrc/config-problems.ts';
import { asWritten, type Variables } from '../npmrc/references.ts';
import { type BunfigEntries, bunfigEntries, npmrcEntries } from './bun-entries.ts';
import { type BunFiles, bunFiles } from './bun-files.ts';
import type { BunRules } from './bun-rules.ts';
import type { Bunfig } from './bunfig.ts';

/** Everything that Bun takes from its files and variables. */
export interface BunSettings extends ReadConfig {
  /** The entries of `.npmrc` files that count, by key; the project's win. */
  npmrc: ReadonlyMap<string, ConfigEntry>;
  /** What bunfig.toml says, by scope without `@` (empty for the registry of all others); the project's wins as a whole. */
  bunfig: ReadonlyMap<string, BunfigEntries>;
  /** `BUN_CONFIG_REGISTRY` and its other names. */
  registryVariable: ConfigEntry | null;
  tokenVariable: ConfigEntry | null;
  bunfigs: readonly { file: BunFiles['bunfigs'][number]; bunfig: Bunfig }[];
  faults: BunFiles['bunfigs'];
  variables: Variables;
  files: readonly ClientFile[];
}

const registryVariables = ['BUN_CONFIG_REGISTRY', 'NPM_CONFIG_REGISTRY', 'npm_config_registry'];
const tokenVariables = ['BUN_CONFIG_TOKEN', 'NPM_CONFIG_TOKEN', 'npm_config_token'];

/** Loads Bun's settings: variables before bunfig.toml before `.npmrc` (measured: b05, p08, p09; run for real: Bun 1.4.5). Never throws. */
export function bunSettings(world: ClientWorld, rules: BunRules): BunSettings {
  const found = bunFiles(world, rules);
  const variables = found.environment.variable;
  const faults = found.bunfigs.filter(({ reading }) => reading.kind === 'fault');
  const bunfigs = found.bunfigs.flatMap((file) =>
    file.reading.kind === 'bunfig' ? [{ file, bunfig: file.reading.bunfig }] : [],
  );
  const registryVariable = variableEntry('registry', registryVariables, variables, /^https?:\/\//);
  const tokenVariable = rules.tokenVariables
    ? variableEntry('_authToken', tokenVariables, variables, /./)
    : null;

  const npmrc = new Map<string, ConfigEntry>();
  const fromNpmrc: ConfigEntry[] = [];
  const ignored: ConfigEntry[] = [];
  for (const file of found.npmrcs) {
    const read = npmrcEntries(file, variables, rules);
    const last = new Map(read.entries.map((entry) => [entry.key, entry]));
    fromNpmrc.push(...read.entries.map((entry) => ({ ...entry, superseded: last.get(entry.key) !== entry })));
    for (const [key, entry] of last) if (!npmrc.has(key)) npmrc.set(key, entry);
    ignored.push(...read.ignored);
  }
  const bunfig = new Map<string, BunfigEntries>();
  const fromBunfig: ConfigEntry[] = [];
  for (const { file, bunfig: read } of bunfigs) {
    for (const entries of bunfigEntries(file, read, variables, rules)) {
      const line = npmrc.get(entries.scope === null ? 'registry' : `@${entries.scope}:registry`);
      const known = bunfig.has(entries.scope ?? '') || (!rules.bunfigWins && Boolean(line?.value));
      if (!known) bunfig.set(entries.scope ?? '', entries);
      const all = [entries.url, entries.token, entries.username, entries.password].filter(
        (one) => one !== null,
      );
      fromBunfig.push(...all.map((entry) => (known ? outOfEffect(entry) : entry)));
    }
  }

  const candidates = [
    registryVariable,
    tokenVariable,
    ...fromBunfig.filter(({ setting }) => setting.inEffect),
  ];
  const effective = new Map<string, ConfigEntry>();
  for (const entry of [...candidates, ...npmrc.values()]) {
    if (entry !== null && !effective.has(entry.key)) effective.set(entry.key, entry);
  }
  const hidden = (key: string) => {
    const scope = key === 'registry' ? '' : /^@([^:]*):registry$/.exec(key)?.[1];
    return scope !== undefined && bunfig.has(scope);
  };
  const entries = [registryVariable, tokenVariable, ...fromBunfig, ...fromNpmrc].flatMap((entry) => {
    if (entry === null) return [];
    const counts = effective.get(entry.key)?.source === entry.source;
    return counts &&
      !(entry.layer !== 'env' && npmrc.get(entry.key)?.source === entry.source && hidden(entry.key))
      ? [entry]
      : [outOfEffect(entry)];
  });
  const read: ReadNpmrc[] = [
    ...found.npmrcs,
    ...bunfigs.map(({ file }) => ({ ...file, reading: { entries: [], sections: [], utf16: null } })),
  ];
  return {
    entries: [...entries, ...ignored],
    effective,
    read,
    files: found.files,
    npmrc,
    bunfig,
    registryVariable,
    tokenVariable,
    bunfigs,
    faults,
    variables,
  };
}

function outOfEffect(entry: ConfigEntry): ConfigEntry {
  return { ...entry, setting: { ...entry.setting, inEffect: false } };
}

/** The first of the variables whose value Bun takes. */
function variableEntry(
  key: string,
  names: readonly string[],
  variables: Variables,
  accepted: RegExp,
): ConfigEntry | null {
  const name = names.find((candidate) => accepted.test(variables(candidate) ?? ''));
  if (name === undefined) return null;
  const value = variables(name) ?? '';
  const source: Source = { kind: 'env', name };
  const entry = createEntry(key, value, 'env', source, { key: asWritten, value: asWritten });
  return key === '_authToken' ? { ...entry, setting: { ...entry.setting, key: name } } : entry;
}
