import { posix } from 'node:path';
import { versionOfTarball } from '../domain/dependency.ts';
import type { FileReader } from '../domain/file-reader.ts';
import { unreadable } from './json-file.ts';
import { textOrNull } from './lock-entry.ts';
import type { ResolvedEdge, ResolvedLockReading, ResolvedPackage } from './resolved-lock.ts';
import { readYarnLockEntries, type YarnLockEntry } from './yarn-lock-entries.ts';
import { aliasTarget, originOfRange, splitPattern } from './yarn-range.ts';
import { readYarnText, writeYarnLock, yarnLockName } from './yarn-text.ts';

/**
 * Reads the lockfile of Yarn 1 in a folder (absolute); `absent` for one of Yarn 2 and later. An entry is found by `name@range` as the manifest
 * writes it, also where `resolutions` replaced its version: Yarn keeps the original range as a key (measured: yarn 1.22.22). Packages of the project
 * itself are not listed. The key of a package is the first pattern of its entry; of two entries for one pattern the last counts.
 * Unreadable: a merge conflict, a line that the format's grammar refuses.
 */
export function readYarnLock(files: FileReader, directory: string): ResolvedLockReading {
  const reading = readYarnText(files, directory);
  if (reading.kind !== 'text') return reading;
  if (reading.berry) return { kind: 'absent' };
  const entries = readYarnLockEntries(reading.text);
  if (!Array.isArray(entries)) {
    const { line, column, message } = entries;
    return unreadable(
      yarnLockName,
      { line, column },
      `${yarnLockName} can't be read: ${message}`,
      writeYarnLock,
    );
  }

  const keys = new Map<string, string>();
  for (const { patterns } of entries)
    for (const pattern of patterns) keys.set(pattern, patterns[0] ?? pattern);
  const packages = new Map<string, ResolvedPackage>();
  for (const entry of entries) {
    const read = readPackage(entry, keys);
    packages.set(read.key, read);
  }
  return {
    kind: 'lock',
    lock: {
      lockfile: { path: yarnLockName, format: 'yarn-lock', version: 1 },
      packages,
      resolve: (location, installName, requested) =>
        keyOf(keys, installName, seenFromRoot(location, requested)) ?? keyOf(keys, installName, requested),
    },
  };
}

/** A folder that a package of the project names, as the lockfile has it (yarn 1.22.22, its `resolve-relative`): from the root, with `./` where that was written. */
function seenFromRoot(location: string, range: string): string {
  const [, protocol, path] = /^(file:|link:)(?!\/)(.*)$/s.exec(range) ?? [];
  if (protocol === undefined || path === undefined) return range;
  const target = posix.join(location, path.replace(/\\/g, '/')).replace(/(?<=.)\/$/, '');
  const isDotted = /^\.(?:\/|$)/.test(path) && !/^\.{1,2}(?:\/|$)/.test(target);
  return `${protocol}${isDotted ? './' : ''}${target}`;
}

/** Nothing and `*` are the same range under two keys. */
function keyOf(keys: ReadonlyMap<string, string>, installName: string, range: string): string | null {
  const key = keys.get(`${installName}@${range}`) ?? keys.get(`${installName}@${range.trim()}`);
  if (key !== undefined) return key;
  if (range.trim() !== '' && range !== '*') return null;
  return keys.get(`${installName}@`) ?? keys.get(`${installName}@*`) ?? keys.get(installName) ?? null;
}

function readPackage(entry: YarnLockEntry, keys: ReadonlyMap<string, string>): ResolvedPackage {
  const { fields, position } = entry;
  const key = entry.patterns[0] ?? '';
  const ranges = entry.patterns.map(splitPattern);
  const alias = ranges.map(({ range }) => aliasTarget(range)).find((target) => target !== null);
  const origins = ranges.map(({ range }) => originOfRange(range));
  const from = origins.find((origin) => origin !== 'registry') ?? 'registry';
  const resolved = textOrNull(fields.get('resolved'));
  const cut = resolved?.indexOf('#') ?? -1;
  const address = resolved === null || cut < 0 ? resolved : resolved.slice(0, cut);
  const tarball = from === 'git' ? resolved : address;
  return {
    key,
    name: textOrNull(fields.get('name')) ?? alias?.name ?? ranges[0]?.name ?? key,
    version: textOrNull(fields.get('version')) ?? versionOfTarball(address) ?? '',
    from,
    tarball: tarball !== null && /^[a-z][a-z+]*:\/\/./i.test(tarball) ? tarball : null,
    integrity: from === 'git' ? null : integrityOf(entry, resolved?.slice(cut + 1) ?? ''),
    position,
    edges: [
      ...edgesOf(entry.dependencies, 'prod', keys),
      ...edgesOf(entry.optionalDependencies, 'optional', keys),
    ],
  };
}

/** The field, or the SHA-1 behind the address, which is all that older files and registries without `integrity` have. */
function integrityOf({ fields }: YarnLockEntry, hash: string): string | null {
  const integrity = textOrNull(fields.get('integrity'));
  if (integrity !== null) return integrity;
  return /^[0-9a-f]{40}$/i.test(hash) ? `sha1-${Buffer.from(hash, 'hex').toString('base64')}` : null;
}

function edgesOf(
  wanted: ReadonlyMap<string, string>,
  kind: ResolvedEdge['kind'],
  keys: ReadonlyMap<string, string>,
): ResolvedEdge[] {
  const edges: ResolvedEdge[] = [];
  for (const [installName, range] of wanted) {
    const to = keyOf(keys, installName, range);
    if (to !== null) edges.push({ installName, to, kind });
  }
  return edges;
}
