import type { ClientFile, ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { Source } from '../../domain/source.ts';
import { effectiveSettings } from './berry-effective.ts';
import type { BerryEntry } from './berry-entry.ts';
import { berryVariables, environmentSettings } from './berry-environment.ts';
import { groupSettings } from './berry-fields.ts';
import { berryFiles, type ReadRc } from './berry-files.ts';
import { type BerryGroup, interpreter } from './berry-interpret.ts';
import { mergeDeep, mergeNearest } from './berry-merge.ts';
import { type BerryRules, berryRules } from './berry-rules.ts';
import { unknownSettings } from './berry-unknown.ts';

export interface BerrySettings {
  rules: BerryRules;
  version: string;
  files: readonly ClientFile[];
  read: readonly ReadRc[];
  /** Every setting that decides requests, strongest place first. */
  entries: readonly BerryEntry[];
  /** The setting of the outermost level that counts. */
  single(name: string): BerryEntry | undefined;
  /** The items of a list that count, and where it stands. */
  list(name: string): { items: readonly string[]; source: Source | null };
  scopes: ReadonlyMap<string, BerryGroup>;
  registries: ReadonlyMap<string, BerryGroup>;
  networks: ReadonlyMap<string, BerryGroup>;
  stop: ClientStop | null;
}

/** Everything that one version of Yarn takes from variables and files (merging: berry-merge.ts). Variables win over all files (measured: y13, yq7). */
export function loadBerrySettings(world: ClientWorld, version: string): BerrySettings {
  const rules = berryRules(version);
  const found = berryFiles(world, rules);
  const environment = environmentSettings(world);
  const merged = rules.merge === 'deep' ? mergeDeep(found.roots) : mergeNearest(found.roots);
  const injected = 'injectEnvironmentFiles';
  const { variables, stop } = berryVariables(world, rules, environment.get(injected) ?? merged.get(injected));
  const reader = interpreter(world, rules, version, variables);
  const unknown = unknownSettings({ world, rules, version, environment, roots: found.roots, merged });

  const effective = effectiveSettings(reader, version);
  effective.take(environment);
  const ofEnvironment = reader.stops.length;
  const roots = [...found.roots].reverse();
  if (rules.merge === 'nearest') effective.check(roots);
  const taken = (name: string) => environment.has(name) && !groupSettings.includes(name);
  effective.take(new Map([...merged].filter(([name]) => !taken(name))));
  const layers = [environment, ...roots.map(({ entries }) => entries)];
  const stops = [
    found.stop,
    stop,
    unknown.environment,
    reader.stops.slice(0, ofEnvironment)[0],
    unknown.files,
    reader.stops[ofEnvironment],
  ];
  return {
    rules,
    version,
    files: found.files,
    read: found.read,
    entries: layers.flatMap((layer) => effective.entriesOf(layer)),
    single: effective.single,
    list: effective.list,
    scopes: effective.groups('npmScopes'),
    registries: effective.groups('npmRegistries'),
    networks: effective.groups('networkSettings'),
    stop: stops.find((one) => one !== null && one !== undefined) ?? null,
  };
}
