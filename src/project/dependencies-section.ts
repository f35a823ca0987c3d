import { versionOfTarball } from '../domain/dependency.ts';
import { isRecord } from '../domain/record.ts';
import { printable } from '../domain/redaction.ts';
import { type EntryFault, type LockEdge, type LockEntry, longestLocation, textOrNull } from './lock-entry.ts';
import { nestedLocation } from './nested-location.ts';

/**
 * The entries of `dependencies` (lockfile version 1) in the terms of version 3: nesting becomes folders, an alias is written
 * `npm:name@version` in `version`, as are addresses of git, tarballs and folders (measured: npm 6.14 and npm 11). Optional edges are not
 * marked there: the flag of the package that they lead to tells. A fault for an entry that is no object.
 */
export function readDependenciesSection(
  dependencies: Record<string, unknown>,
): Map<string, LockEntry> | EntryFault {
  const entries = new Map<string, LockEntry>();
  const open: { section: Record<string, unknown>; folder: string; place: string }[] = [
    { section: dependencies, folder: '', place: '' },
  ];
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    for (const [installName, raw] of Object.entries(level.section)) {
      const location = nestedLocation(level.folder, installName);
      const place = nestedLocation(level.place, installName);
      if (Math.max(location.length, place.length) > longestLocation) {
        return { place: level.place, message: 'nesting that no file system takes' };
      }
      if (!isRecord(raw)) return { place, message: `an entry "${printable(installName)}" that is no object` };
      const entry = readEntry({ location, place, installName }, raw);
      if ((entry.linkTo?.length ?? 0) > longestLocation)
        return { place, message: 'a path that no file system takes' };
      if (entry.linkTo === null) {
        entries.set(location, entry);
      } else {
        entries.set(location, { ...entry, edges: () => [] });
        entries.set(entry.linkTo, { ...entry, location: entry.linkTo, installName: null, linkTo: null });
      }
      if (isRecord(raw.dependencies)) {
        open.push({ section: raw.dependencies, folder: entry.linkTo ?? location, place });
      }
    }
  }
  return entries;
}

function readEntry(
  at: { location: string; place: string; installName: string },
  raw: Record<string, unknown>,
): LockEntry {
  const written = textOrNull(raw.version);
  const alias = /^npm:((?:@[^/@]+\/)?[^/@]+)@(.+)$/s.exec(written ?? '');
  const address = alias === null && written !== null && /^(?:[a-z+]+:|[^/\s]+\/[^/\s]+#)/i.test(written);
  const folder = address && /^file:(?!.*\.(?:tgz|tar|tar\.gz)$)/is.test(written ?? '');
  const resolved = textOrNull(raw.resolved) ?? (address ? written : null);
  return {
    ...at,
    packageName: alias?.[1] ?? at.installName,
    version:
      alias?.[2] ?? (address ? versionOfTarball(resolved) : null) ?? written ?? versionOfTarball(resolved),
    resolved: folder ? null : resolved,
    integrity: textOrNull(raw.integrity),
    linkTo: folder ? (written ?? '').slice('file:'.length) : null,
    inBundle: raw.bundled === true,
    dev: raw.dev === true,
    optional: raw.optional === true,
    devOptional: raw.devOptional === true,
    peer: raw.peer === true,
    edges: () => (isRecord(raw.requires) ? edgesOf(raw.requires) : []),
  };
}

function edgesOf(requires: Record<string, unknown>): LockEdge[] {
  const edges: LockEdge[] = [];
  for (const [name, spec] of Object.entries(requires)) {
    if (typeof spec === 'string') edges.push({ name, spec, kind: 'prod' });
  }
  return edges;
}
