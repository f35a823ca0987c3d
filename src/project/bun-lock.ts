import { join } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import { isWithin } from '../domain/plain-version.ts';
import { type BunLockEntry, readBunLockEntry } from './bun-lock-entry.ts';
import { bunPackageTree, findInTree, folderNode, type PackageTree } from './bun-lock-tree.ts';
import { type JsonFile, readJsonFile, unreadable } from './json-file.ts';
import { describeNode, type JsonNode, memberOf, textOf } from './json-tree.ts';
import type { ResolvedEdge, ResolvedLockReading, ResolvedPackage } from './resolved-lock.ts';

const path = 'bun.lock';
const newestVersion = 3;
const regenerate = `write ${path} anew with "bun install --lockfile-only"`;

/** Longer names fit on no file system that an install could write to. */
const longestKey = 2048;

/**
 * Reads Bun's text lockfile in a folder (absolute). Unreadable: broken JSON (comments and trailing commas are fine; merge conflict markers named), no
 * object, a `lockfileVersion` that is missing or after 3, a section or an entry of another shape. Its rules: read in Bun 1.4.5, run for real (it takes
 * the versions 0 to 3 and looks a name up from the package's own place upwards).
 */
export function readBunLock(files: FileReader, directory: string): ResolvedLockReading {
  const reading = readJsonFile(files, join(directory, path), path, 'relaxed');
  if (reading.kind !== 'json') return reading;
  const { file } = reading;
  const fail = (offset: number, message: string, hint: string): ResolvedLockReading =>
    unreadable(path, file.positionOf(offset), `${path}${message}`, hint);
  if (file.root.kind !== 'object') return fail(0, ' holds no object', regenerate);

  const version = memberOf(file.root, 'lockfileVersion')?.node;
  if (version === undefined) return fail(0, ' has no "lockfileVersion"', regenerate);
  const number = version.kind === 'scalar' ? version.value : null;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) {
    return fail(version.offset, ': "lockfileVersion" is no whole number', regenerate);
  }
  if (number > newestVersion) {
    return fail(
      version.offset,
      `: lockfileVersion ${number} is not known to this check, which reads 0 to ${newestVersion}`,
      'update npmrc-preflight, or write the file with Bun 1.4',
    );
  }
  for (const name of ['workspaces', 'packages']) {
    const section = memberOf(file.root, name)?.node;
    if (section !== undefined && section.kind !== 'object') {
      return fail(section.offset, `: "${name}" is ${describeNode(section)}, not an object`, regenerate);
    }
  }

  const entries = readEntries(file);
  if (!(entries instanceof Map)) return fail(entries.offset, ` has ${entries.message}`, regenerate);
  const tree = bunPackageTree(entries.keys());
  const packages = new Map<string, ResolvedPackage>();
  for (const [key, entry] of entries) {
    const edges = edgesOf(tree, key, entries);
    const { name, version: locked, from, tarball, integrity, position } = entry;
    packages.set(key, { key, name, version: locked, from, tarball, integrity, position, edges });
  }
  const workspaces = memberOf(file.root, 'workspaces')?.node;
  return {
    kind: 'lock',
    lock: {
      lockfile: { path, format: 'bun-lock', version: number },
      packages,
      askedIn(location) {
        const workspace = workspaces && memberOf(workspaces, location)?.node;
        return workspace === undefined ? null : namesOf(workspace);
      },
      resolve(location, installName, requested) {
        const workspace = workspaces && memberOf(workspaces, location)?.node;
        if (workspace === undefined) return null;
        const name = location === '' ? '' : textOf(memberOf(workspace, 'name')?.node);
        const from = name === '' || name === null ? tree.root : (folderNode(tree, name) ?? tree.root);
        const key = findInTree(tree, from, installName)?.key ?? null;
        if (key === null || asksFor(workspace, installName, requested)) return key;
        // another range that the locked version fits as well changes nothing (run for real: Bun 1.4.5)
        const held = namesOf(workspace).includes(installName) ? entries.get(key) : undefined;
        return held?.from === 'registry' && isWithin(held.version, requested) ? key : null;
      },
    },
  };
}

function readEntries(file: JsonFile): Map<string, BunLockEntry> | { offset: number; message: string } {
  const entries = new Map<string, BunLockEntry>();
  const section = memberOf(file.root, 'packages')?.node;
  if (section?.kind !== 'object') return entries;
  for (const [key, { keyOffset, node }] of section.members) {
    if (key.length > longestKey) {
      return { offset: keyOffset + 1, message: `an entry whose name has ${key.length} characters` };
    }
    const entry = readBunLockEntry(node, file.positionOf(keyOffset + 1));
    if (entry === null)
      return { offset: node.offset, message: 'an entry that is no list with a name and a version' };
    entries.set(key, entry);
  }
  return entries;
}

/** What one package gets; names without an entry (those of other systems, packages in the tarball itself) are left out. */
function edgesOf(
  tree: PackageTree,
  key: string,
  entries: ReadonlyMap<string, BunLockEntry>,
): readonly ResolvedEdge[] {
  const node = tree.nodes.get(key);
  const entry = entries.get(key);
  if (node === undefined || entry === undefined || entry.from === 'workspace') return [];
  const edges = new Map<string, ResolvedEdge>();
  for (const { installName, kind } of entry.asks()) {
    const to = edges.has(installName) ? null : findInTree(tree, node, installName);
    if (to?.key == null || entries.get(to.key)?.bundled === true) continue;
    edges.set(installName, { installName, to: to.key, kind });
  }
  return [...edges.values()];
}

const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

function namesOf(workspace: JsonNode): readonly string[] {
  return groups.flatMap((group) => {
    const section = memberOf(workspace, group)?.node;
    return section?.kind === 'object' ? [...section.members.keys()] : [];
  });
}

/** Whether the lockfile was written for this very range of a workspace; it repeats the manifest's own text. */
function asksFor(workspace: JsonNode, installName: string, requested: string): boolean {
  return groups.some((group) => {
    const section = memberOf(workspace, group)?.node;
    const written = section && textOf(memberOf(section, installName)?.node);
    return typeof written === 'string' && comparable(written) === comparable(requested);
  });
}

/** A range without the user part of an address, which no message shows; an empty one means any. */
function comparable(range: string): string {
  return range.trim().replace(/\/\/[^/?#]*@/, '//') || '*';
}
