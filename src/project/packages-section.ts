import { versionOfTarball } from '../domain/dependency.ts';
import { isRecord } from '../domain/record.ts';
import { printable } from '../domain/redaction.ts';
import { type EntryFault, type LockEdge, type LockEntry, longestLocation, textOrNull } from './lock-entry.ts';

/**
 * The entries of `packages` (lockfile versions 2 and 3): keys are folders, `link` entries lead to another key, `name` is set where the package
 * is called otherwise than its folder (measured: npm 7 to 11). The root's own entry is left out. A fault for an entry that is no object.
 */
export function readPackagesSection(packages: Record<string, unknown>): Map<string, LockEntry> | EntryFault {
  const entries = new Map<string, LockEntry>();
  for (const [key, raw] of Object.entries(packages)) {
    if (key.length > longestLocation) return { place: key, message: 'a path that no file system takes' };
    if (!isRecord(raw)) return { place: key, message: `an entry "${printable(key)}" that is no object` };
    if (key === '') continue;
    const location = key.replace(/\\/g, '/');
    const installName = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(location)?.[1] ?? null;
    const resolved = textOrNull(raw.resolved);
    entries.set(location, {
      location,
      place: key,
      installName,
      packageName: textOrNull(raw.name) ?? installName ?? location,
      version: textOrNull(raw.version) ?? versionOfTarball(resolved),
      resolved,
      integrity: textOrNull(raw.integrity),
      linkTo: raw.link === true ? (resolved ?? '') : null,
      inBundle: raw.inBundle === true,
      dev: raw.dev === true,
      optional: raw.optional === true,
      devOptional: raw.devOptional === true,
      peer: raw.peer === true,
      edges: () => edgesOf(raw, installName === null),
    });
  }
  return entries;
}

/** Folders outside node_modules (`top`) get their development dependencies too. */
function edgesOf(raw: Record<string, unknown>, top: boolean): LockEdge[] {
  const edges: LockEdge[] = [];
  const optional = raw.optionalDependencies;
  const optionalNames = isRecord(optional) ? new Set(Object.keys(optional)) : null;
  const meta = isRecord(raw.peerDependenciesMeta) ? new Map(Object.entries(raw.peerDependenciesMeta)) : null;
  const add = (map: unknown, kind: LockEdge['kind']): void => {
    if (!isRecord(map)) return;
    for (const [name, spec] of Object.entries(map)) {
      if (typeof spec !== 'string') continue;
      if (kind === 'prod' && optionalNames?.has(name) === true) continue;
      const peerMeta = kind === 'peer' ? meta?.get(name) : null;
      const optionalPeer = isRecord(peerMeta) && peerMeta.optional === true;
      edges.push({ name, spec, kind: optionalPeer ? 'optional-peer' : kind });
    }
  };
  add(raw.dependencies, 'prod');
  add(optional, 'optional');
  add(raw.peerDependencies, 'peer');
  if (top) add(raw.devDependencies, 'dev');
  return edges;
}
