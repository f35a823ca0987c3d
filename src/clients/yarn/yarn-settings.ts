import type { ClientFile, ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { lookedAt } from '../looked-at.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import type { ReadConfig, ReadNpmrc } from '../npmrc/config-problems.ts';
import { printableLine } from '../npmrc/printable-line.ts';
import { readNpmrc } from '../npmrc/read-npmrc.ts';
import { variablesOf } from '../npmrc/references.ts';
import { pathsOf, shownPath } from '../world-paths.ts';
import { npmrcEntries, variableEntries, yarnrcEntries } from './yarn-entries.ts';
import { type YarnPlace, yarnPassesOver, yarnPlaces } from './yarn-files.ts';
import { readYarnrc } from './yarn-read-yarnrc.ts';
import type { YarnRules } from './yarn-rules.ts';

type Layers = readonly (readonly ConfigEntry[])[];

/** What Yarn 1 reads: its npm settings (variables and `.npmrc`), which hold the credentials, and its own (variables and `.yarnrc`). */
export interface YarnSettings extends ReadConfig {
  npm: ReadonlyMap<string, ConfigEntry>;
  own: ReadonlyMap<string, ConfigEntry>;
  /** Why a `.yarnrc` ends it. */
  stop: ClientStop | null;
}

/**
 * All settings of Yarn 1, strongest first: `--registry` lines of a `.yarnrc`, variables, each `.npmrc` in the order of `yarnPlaces`; then its
 * own from each `.yarnrc`, which count where no npm setting has the key (measured: p01-p08; Yarn 1.22 loadConfig).
 */
export function yarnSettings(world: ClientWorld, rules: YarnRules): YarnSettings {
  // Yarn copies its variables into a plain object, so that their names match exactly on Windows too.
  const variables = variablesOf({ ...world.env, HOME: world.home }, 'posix');
  const files: ClientFile[] = [];
  const read: ReadNpmrc[] = [];
  const yarnVariables = variableEntries(world.env, 'yarn_', rules);
  const npmVariables = variableEntries(world.env, 'npm_config_', rules);
  const load = (place: YarnPlace): string | null => {
    const file = world.files.read(place.path);
    files.push(lookedAt(place, file));
    return file.kind === 'text' ? file.text : null;
  };

  const npmPlaces = yarnPlaces(world, 'npmrc', namedFile('userconfig', [npmVariables, yarnVariables]));
  const npmFiles = npmPlaces.flatMap((place) => {
    const text = load(place);
    if (text === null) return [];
    const reading = readNpmrc(text);
    const shown = shownPath(world, place.path);
    read.push({ path: place.path, shown, role: place.role, reading });
    return [npmrcEntries(reading, place.role, shown, variables)];
  });

  let stop: ClientStop | null = null;
  const ownPlaces = yarnPlaces(world, 'yarnrc', namedFile('userconfig', [yarnVariables]));
  const ownFiles = ownPlaces.flatMap((place) => {
    const text = load(place);
    if (text === null) return [];
    const reading = readYarnrc(text, rules);
    const shown = shownPath(world, place.path);
    if (reading.kind === 'malformed') {
      const source = { kind: 'file', path: shown, line: reading.line, column: 1 } as const;
      stop ??= { code: 'SyntaxError', message: `can't read: ${printableLine(reading.text.trim())}`, source };
      return [];
    }
    return [{ place, entries: yarnrcEntries(reading.entries, place.role, shown) }];
  });

  const flags = registryFlags(world, ownFiles);
  const npm = strongest([flags, npmVariables, yarnVariables, ...npmFiles]);
  const own = strongest([flags, yarnVariables, ...ownFiles.map(({ entries }) => entries)]);
  const entries = [
    flags,
    npmVariables,
    yarnVariables,
    ...npmFiles,
    ...ownFiles.map((file) => file.entries),
  ].flat();
  const effective = new Map(own);
  for (const [key, entry] of npm) if (entry.value !== '' || !effective.has(key)) effective.set(key, entry);
  for (const entry of entries) {
    if (effective.get(entry.key) !== entry) entry.setting = { ...entry.setting, inEffect: false };
  }
  const passedOver = yarnPassesOver(world, [...npmPlaces, ...ownPlaces]);
  return { entries, effective, npm, own, read, files: [...files, ...passedOver], stop };
}

/** The entry of each key that counts: of the strongest layer that has the key, even with an empty value; there the last. */
function strongest(layers: Layers): ReadonlyMap<string, ConfigEntry> {
  const effective = new Map<string, ConfigEntry>();
  for (const layer of layers) {
    for (const [key, entry] of new Map(layer.map((each) => [each.key, each]))) {
      if (!effective.has(key)) effective.set(key, entry);
    }
  }
  return effective;
}

function namedFile(key: string, layers: Layers): string | null {
  return strongest(layers).get(key)?.value || null;
}

/**
 * `--registry` and `--install.registry` of a `.yarnrc`, which are options of the command: the home's file wins over the project's, and that over
 * those of the folders above (Yarn 1.22 getRcPaths, getRcArgs).
 */
function registryFlags(
  world: ClientWorld,
  files: readonly { place: YarnPlace; entries: readonly ConfigEntry[] }[],
): readonly ConfigEntry[] {
  const paths = pathsOf(world);
  const home = paths.join(world.home, '.yarnrc');
  const looked = files
    .filter(({ place }) => place.path === home || place.role === 'project')
    .sort((a, b) => Number(b.place.path === home) - Number(a.place.path === home));
  for (const flag of ['--install.registry', '--registry']) {
    const entry = looked.flatMap(({ entries }) => entries.findLast(({ key }) => key === flag) ?? [])[0];
    if (entry?.value) {
      return [
        {
          ...entry,
          key: 'registry',
          layer: 'cli',
          setting: { ...entry.setting, key: 'registry', layer: 'cli' },
        },
      ];
    }
  }
  return [];
}
