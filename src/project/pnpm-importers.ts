import { isRecord } from '../domain/record.ts';
import { withoutPassword } from './dependency-spec.ts';
import { textOrNull } from './lock-entry.ts';
import type { PnpmFault } from './pnpm-packages.ts';
import type { KeyPlaces } from './yaml-key-places.ts';

/** What one folder of the project gets for a name: the range that was asked for (`null`: not noted) and pnpm's reference. */
export interface PnpmAsked {
  specifier: string | null;
  reference: string;
}

/** By folder (`''` for the root), then by the name that a package is installed under. */
export type PnpmImporters = ReadonlyMap<string, ReadonlyMap<string, PnpmAsked>>;

const maps = ['optionalDependencies', 'devDependencies', 'dependencies'] as const;

/**
 * The folders of a pnpm lockfile: `importers`, or up to version 6 the single project at the top. Ranges stand beside the version (version 6 on) or in
 * `specifiers`. A fault for a folder that is no mapping or is repeated by an alias.
 */
export function readPnpmImporters(
  root: Record<string, unknown>,
  places: KeyPlaces,
): PnpmImporters | PnpmFault {
  const written = isRecord(root.importers) ? Object.entries(root.importers) : [['.', root] as const];
  const importers = new Map<string, Map<string, PnpmAsked>>();
  const seen = new Set<unknown>();
  for (const [folder, importer] of written) {
    const fault = (message: string): PnpmFault => ({
      position: places.get(folder) ?? { line: 1, column: 1 },
      message,
    });
    if (importer === null) continue;
    if (!isRecord(importer)) return fault('has a folder in "importers" that is no mapping');
    const asked = new Map<string, PnpmAsked>();
    const specifiers = new Map(Object.entries(isRecord(importer.specifiers) ? importer.specifiers : {}));
    for (const map of [importer, ...maps.map((name) => importer[name])]) {
      if (!isRecord(map)) continue;
      if (seen.has(map)) return fault('repeats a mapping by an alias ("*name")');
      seen.add(map);
      if (map === importer) continue;
      for (const [installName, value] of Object.entries(map)) {
        const reference = isRecord(value) ? value.version : value;
        const specifier = textOrNull(isRecord(value) ? value.specifier : specifiers.get(installName));
        if (typeof reference === 'string') asked.set(installName, { specifier, reference });
      }
    }
    importers.set(folder === '.' ? '' : folder, asked);
  }
  return importers;
}

/** What a document of pnpm's own (pnpm 11+) locks for `configDependencies` of pnpm-workspace.yaml. */
export function readConfigDependencies(root: Record<string, unknown>): ReadonlyMap<string, PnpmAsked> {
  const asked = new Map<string, PnpmAsked>();
  const importer = isRecord(root.importers) ? root.importers['.'] : null;
  const written = isRecord(importer) ? importer.configDependencies : null;
  for (const [name, value] of Object.entries(isRecord(written) ? written : {})) {
    const reference = isRecord(value) ? value.version : null;
    if (typeof reference === 'string') asked.set(name, { specifier: null, reference });
  }
  return asked;
}

/**
 * Whether the lockfile was made for this range, as pnpm compares them: text for text, or the range is what one of the lockfile's `overrides`
 * made of it.
 */
export function isAskedFor(
  { specifier }: PnpmAsked,
  requested: string,
  overrides: ReadonlySet<string> | undefined,
): boolean {
  if (specifier === null || specifier === requested) return true;
  return (withoutPassword(specifier.trim()) || '*') === requested || overrides?.has(specifier) === true;
}

/** The values of `overrides` by the name that they replace: the last one of a key like `parent@1>name@^2`. */
export function readLockOverrides(written: unknown): ReadonlyMap<string, ReadonlySet<string>> {
  const byName = new Map<string, Set<string>>();
  for (const [selector, value] of Object.entries(isRecord(written) ? written : {})) {
    if (typeof value !== 'string') continue;
    const last = selector.slice(selector.lastIndexOf('>') + 1);
    const ranged = last.indexOf('@', 1);
    const name = ranged < 0 ? last : last.slice(0, ranged);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, new Set([value]));
    else known.add(value);
  }
  return byName;
}
