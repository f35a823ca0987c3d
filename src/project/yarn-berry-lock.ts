import type { FileReader } from '../domain/file-reader.ts';
import { extensionsOf } from '../domain/package-extension.ts';
import { percentEncoded } from '../domain/percent-form.ts';
import { isRecord } from '../domain/record.ts';
import { printable, withoutUserInfo } from '../domain/redaction.ts';
import { type Position, unreadable } from './json-file.ts';
import { textOrNull } from './lock-entry.ts';
import type { ResolvedEdge, ResolvedLockReading, ResolvedPackage } from './resolved-lock.ts';
import { yamlKeyPlaces } from './yaml-key-places.ts';
import { parseYaml } from './yaml-text.ts';
import {
  type BerryLocator,
  descriptorOf,
  descriptorsOf,
  readLocator,
  withProtocol,
} from './yarn-berry-keys.ts';
import { type BerryRules, readBerryRules, ruledRange } from './yarn-berry-rules.ts';
import { readYarnText, writeYarnLock, yarnLockName } from './yarn-text.ts';

/** One entry of the lockfile. `locator` is its `resolution`. */
interface BerryEntry {
  locator: string;
  read: BerryLocator;
  raw: Record<string, unknown>;
  position: Position;
}

/** The whole lockfile by locator, and the locator of each descriptor. */
interface BerryIndex {
  entries: ReadonlyMap<string, BerryEntry>;
  locators: ReadonlyMap<string, string>;
  rules: BerryRules;
  root: string;
}

/** One name that a package asks for. */
interface BerryAsk extends Pick<ResolvedEdge, 'installName' | 'kind'> {
  range: string;
}

/** A patch of a patch of …: real ones have one. */
const deepestPatch = 8;
const start: Position = { line: 1, column: 1 };

/**
 * Reads the lockfile of Yarn 2 and later in a folder (absolute), whatever its version; `absent` for one of Yarn 1. The key of a package is its
 * `resolution`. A patched package is the package that the patch is for, since that is what is fetched. `checksum` is of Yarn's own archive and no integrity.
 * Peer dependencies bring in nothing by themselves and have no edges. Measured: yarn 3.8.7, 4.9.4, 4.18.1.
 * Unreadable: a merge conflict, broken YAML, an entry that is no map or has no `resolution` (Yarn stops there too).
 */
export function readYarnBerryLock(files: FileReader, directory: string): ResolvedLockReading {
  const reading = readYarnText(files, directory);
  if (reading.kind !== 'text') return reading;
  if (!reading.berry) return { kind: 'absent' };
  const yaml = parseYaml(reading.text, yarnLockName, { twins: true });
  if (yaml.kind === 'broken') return { kind: 'unreadable', problem: yaml.problem };
  const places = yamlKeyPlaces(reading.text, []).get('');
  const fail = (key: string, message: string): ResolvedLockReading =>
    unreadable(yarnLockName, places?.get(key) ?? start, `${yarnLockName} ${message}`, writeYarnLock);
  if (!isRecord(yaml.value)) return fail('', 'holds no map of packages');

  const entries = new Map<string, BerryEntry>();
  const locators = new Map<string, string>();
  let version = 0;
  for (const [key, raw] of Object.entries(yaml.value)) {
    if (key === '__metadata') {
      version = versionOf(raw);
      continue;
    }
    const shown = printable(withoutUserInfo(key.slice(0, 200)));
    if (!isRecord(raw)) return fail(key, `has an entry "${shown}" that is no map`);
    const locator = textOrNull(raw.resolution);
    if (locator === null) return fail(key, `has an entry "${shown}" without a "resolution"`);
    entries.set(locator, { locator, read: readLocator(locator), raw, position: places?.get(key) ?? start });
    for (const descriptor of descriptorsOf(key)) locators.set(descriptor, locator);
  }
  const folders = new Map([...entries.values()].map((entry) => [folderOf(entry), entry.locator]));
  const root = folders.get('.') ?? '';
  const index: BerryIndex = { entries, locators, rules: readBerryRules(files, directory), root };
  return {
    kind: 'lock',
    lock: {
      lockfile: { path: yarnLockName, format: 'yarn-berry-lock', version },
      packages: readPackages(index),
      askedIn: (location) => askedBy(entries.get(folders.get(location || '.') ?? '')),
      resolve: (location, installName, requested) =>
        keyFor(index, folders.get(location || '.') ?? root, installName, requested),
    },
  };
}

function askedBy(entry: BerryEntry | undefined): readonly string[] | null {
  if (entry === undefined) return null;
  return isRecord(entry.raw.dependencies) ? Object.keys(entry.raw.dependencies) : [];
}

function versionOf(metadata: unknown): number {
  const text = isRecord(metadata) ? textOrNull(metadata.version) : null;
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** The folder of a package of the project (`.` for the root), `null` for all others. */
function folderOf({ read }: BerryEntry): string | null {
  return read.from === 'workspace' ? read.reference.slice('workspace:'.length) : null;
}

function readPackages(index: BerryIndex): Map<string, ResolvedPackage> {
  const packages = new Map<string, ResolvedPackage>();
  for (const entry of index.entries.values()) {
    const key = unpatched(index, entry.locator);
    const known = packages.get(key);
    const edges = edgesOf(index, entry);
    if (key !== entry.locator) {
      const target = index.entries.get(key);
      if (target !== undefined) packages.set(key, withEdges(known ?? readPackage(target, []), edges));
      continue;
    }
    packages.set(key, known === undefined ? readPackage(entry, edges) : withEdges(known, edges));
  }
  return packages;
}

function readPackage({ locator, read, raw, position }: BerryEntry, edges: ResolvedEdge[]): ResolvedPackage {
  return {
    key: locator,
    name: read.name,
    version: textOrNull(raw.version) ?? '',
    from: read.from,
    tarball: read.tarball,
    integrity: null,
    position,
    edges,
  };
}

/** A patch may change what its package depends on. */
function withEdges(known: ResolvedPackage, more: readonly ResolvedEdge[]): ResolvedPackage {
  const seen = new Set(known.edges.map(({ installName, to }) => `${installName} ${to}`));
  const added = more.filter(({ installName, to }) => !seen.has(`${installName} ${to}`));
  return added.length === 0 ? known : { ...known, edges: [...known.edges, ...added] };
}

/** The locator of what is fetched for a locator: itself, or the package below its patches. */
function unpatched({ entries }: BerryIndex, locator: string): string {
  let current = locator;
  for (let depth = 0; depth < deepestPatch; depth += 1) {
    const inner = entries.get(current)?.read.patched ?? null;
    if (inner === null || !entries.has(inner)) return current;
    current = inner;
  }
  return current;
}

function edgesOf(index: BerryIndex, entry: BerryEntry): ResolvedEdge[] {
  return asksOf(index.rules, entry).flatMap(({ installName, range, kind }): ResolvedEdge[] => {
    const to = keyFor(index, entry.locator, installName, range);
    return to === null ? [] : [{ installName, to, kind }];
  });
}

/** What an entry's package asks for. The entry itself leaves out what `packageExtensions` add to it (run for real: Yarn 3 and 4). */
function asksOf({ extensions }: BerryRules, { read, raw }: BerryEntry): BerryAsk[] {
  const own = new Map(isRecord(raw.dependencies) ? Object.entries(raw.dependencies) : []);
  const meta = new Map(isRecord(raw.dependenciesMeta) ? Object.entries(raw.dependenciesMeta) : []);
  const asks = [...own].map(([installName, range]): BerryAsk => {
    const about = meta.get(installName);
    const optional = isRecord(about) && about.optional === 'true';
    return {
      installName,
      range: typeof range === 'string' ? range : '',
      kind: optional ? 'optional' : 'prod',
    };
  });
  const added = read.from === 'workspace' ? [] : extensionsOf(extensions, read.name, textOrNull(raw.version));
  for (const { dependencies, optionalDependencies } of added) {
    for (const [map, kind] of [[dependencies, 'prod'] as const, [optionalDependencies, 'optional'] as const])
      for (const [installName, range] of Object.entries(map))
        if (!own.has(installName)) asks.push({ installName, range, kind });
  }
  return asks;
}

/** The key of the package that an entry gets for a name and range; `null` when the lockfile has no such descriptor. */
function keyFor(index: BerryIndex, from: string, installName: string, range: string): string | null {
  const asker = index.entries.get(from)?.read ?? { name: '', reference: '' };
  const { range: wanted, ruled, surely } = ruledRange(index.rules, asker, installName, range);
  const locator =
    locatorFor(index, ruled ? index.root : from, installName, wanted) ??
    (surely ? null : locatorFor(index, from, installName, range));
  return locator === null ? null : unpatched(index, locator);
}

/** Folders, archives and patches are bound to the package whose manifest names them (`::locator=`). */
function locatorFor(
  { locators, rules }: BerryIndex,
  parent: string,
  name: string,
  range: string,
): string | null {
  const known = (text: string) =>
    locators.get(descriptorOf(name, text)) ??
    locators.get(descriptorOf(name, `${text}::locator=${percentEncoded(parent)}`));
  const written = range.trim();
  const found = known(withProtocol(written, rules.defaultProtocol)) ?? known(written);
  if (found !== undefined) return found;
  return written === '*' ? (known(rules.defaultProtocol) ?? null) : null;
}
