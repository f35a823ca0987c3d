import { isRecord } from '../domain/record.ts';
import type { Position } from './json-file.ts';
import { textOrNull } from './lock-entry.ts';
import { keysMeant, type PnpmKeyStyle, readPnpmKey, withoutPeers } from './pnpm-key.ts';
import type { ResolvedEdge, ResolvedPackage } from './resolved-lock.ts';
import type { KeyPlaces } from './yaml-key-places.ts';

/** What is wrong in a pnpm lockfile and where. */
export interface PnpmFault {
  position: Position;
  message: string;
}

/** The two sections that describe packages; `snapshots` is `null` up to version 6, where `packages` says all. */
export interface PnpmSections {
  packages: Record<string, unknown>;
  snapshots: Record<string, unknown> | null;
  style: PnpmKeyStyle;
  places: ReadonlyMap<string, KeyPlaces>;
}

const start: Position = { line: 1, column: 1 };

/**
 * The packages of a pnpm lockfile by key, one for each set of peers. Edges are those of `dependencies` and `optionalDependencies`; peers that pnpm
 * resolved stand among the former and are installed like them. A fault for an entry that is no mapping, and for one that stands in two places
 * by a YAML alias: pnpm writes none, and walking over them may never end.
 */
export function readPnpmPackages(sections: PnpmSections): Map<string, ResolvedPackage> | PnpmFault {
  const { packages, snapshots, style, places } = sections;
  const entries = new Map(Object.entries(packages));
  const nodes = snapshots === null ? entries : new Map(Object.entries(snapshots));
  const seen = new Set<unknown>();
  const found = new Map<string, ResolvedPackage>();
  for (const [key, node] of nodes) {
    const entryKey = snapshots === null ? key : withoutPeers(key);
    const entry = snapshots === null ? node : entries.get(entryKey);
    const position = places.get('packages')?.get(entryKey) ?? places.get('snapshots')?.get(key) ?? start;
    for (const value of [node, entry]) {
      if (value !== null && value !== undefined && !isRecord(value)) {
        return { position, message: 'has an entry that is no mapping' };
      }
    }
    const snapshot = isRecord(node) ? node : {};
    for (const shared of [node, snapshot.dependencies, snapshot.optionalDependencies]) {
      if (!isRecord(shared)) continue;
      if (seen.has(shared)) return { position, message: 'repeats a mapping by an alias ("*name")' };
      seen.add(shared);
    }
    found.set(key, readPackage(key, snapshot, isRecord(entry) ? entry : {}, { nodes, style, position }));
  }
  return found;
}

interface Surroundings {
  nodes: ReadonlyMap<string, unknown>;
  style: PnpmKeyStyle;
  position: Position;
}

function readPackage(
  key: string,
  snapshot: Record<string, unknown>,
  entry: Record<string, unknown>,
  { nodes, style, position }: Surroundings,
): ResolvedPackage {
  const parts = readPnpmKey(key, style);
  const resolution = isRecord(entry.resolution) ? entry.resolution : {};
  const from = originOf(resolution, parts);
  const tarball = textOrNull(resolution.tarball);
  return {
    key,
    name: textOrNull(entry.name) ?? parts.name ?? key,
    version: textOrNull(entry.version) ?? parts.version ?? '',
    from,
    tarball,
    integrity: textOrNull(resolution.integrity),
    position,
    edges: edgesOf(snapshot, nodes, style),
  };
}

/**
 * Rules: pnpm 11 @pnpm/lockfile.utils: the type of the resolution, then whether the key holds a version. `gitHosted` says nothing beside a version:
 * pnpm sets it for every address on gitlab.com.
 */
function originOf(
  resolution: Record<string, unknown>,
  { version, reference }: { version: string | null; reference: string },
): ResolvedPackage['from'] {
  const tarball = textOrNull(resolution.tarball) ?? '';
  if (resolution.type === 'git') return 'git';
  if (resolution.type === 'directory' || /^file:/.test(tarball) || /^file:/.test(reference)) return 'file';
  if (resolution.type !== undefined) return 'url';
  if (version !== null) return 'registry';
  const hosted =
    /^https:\/\/(?:codeload\.github\.com|bitbucket\.org\/[^?#]+\/get|gitlab\.com\/[^?#]+\/archive)[/.]/;
  return resolution.gitHosted === 'true' || hosted.test(tarball) ? 'git' : 'url';
}

function edgesOf(
  snapshot: Record<string, unknown>,
  nodes: ReadonlyMap<string, unknown>,
  style: PnpmKeyStyle,
): ResolvedEdge[] {
  const edges: ResolvedEdge[] = [];
  const add = (map: unknown, kind: ResolvedEdge['kind']): void => {
    if (!isRecord(map)) return;
    for (const [installName, reference] of Object.entries(map)) {
      if (typeof reference !== 'string') continue;
      const to = keysMeant(installName, reference, style).find((key) => nodes.has(key));
      if (to !== undefined) edges.push({ installName, to, kind });
    }
  };
  add(snapshot.dependencies, 'prod');
  add(snapshot.optionalDependencies, 'optional');
  return edges;
}
