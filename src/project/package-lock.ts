import { join } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import type { Lockfile } from '../domain/project.ts';
import { isRecord } from '../domain/record.ts';
import { readDependenciesSection } from './dependencies-section.ts';
import { brokenJson, readText, unreadable } from './json-file.ts';
import { locateEntries, locateMember } from './locate-entries.ts';
import type { PackageLockReading } from './lock-entry.ts';
import { readPackagesSection } from './packages-section.ts';

const newestVersion = 3;

/** In the order of npm: a shrinkwrap wins. */
const names = [
  { path: 'npm-shrinkwrap.json', format: 'npm-shrinkwrap' },
  { path: 'package-lock.json', format: 'package-lock' },
] as const satisfies readonly { path: string; format: Lockfile['format'] }[];

/**
 * Reads npm's lockfile in a folder (absolute): npm-shrinkwrap.json before package-lock.json, `packages` before `dependencies` whatever the
 * version says, as npm does. Unreadable: broken JSON (merge conflict markers named), no object, a lockfileVersion after 3, an entry that is none. `wanted` are the files that
 * are looked at.
 */
export function readPackageLock(
  files: FileReader,
  directory: string,
  wanted: readonly Lockfile['format'][] = ['npm-shrinkwrap', 'package-lock'],
): PackageLockReading {
  for (const { path, format } of names) {
    if (!wanted.includes(format)) continue;
    const reading = readText(files, join(directory, path), path);
    if (reading.kind === 'unreadable') return reading;
    if (reading.kind === 'text') return parsePackageLock(reading.text, { path, format });
  }
  return { kind: 'absent' };
}

/** Reads a lockfile's text (without byte order mark). See `readPackageLock` for what is unreadable. */
export function parsePackageLock(
  text: string,
  { path, format }: Omit<Lockfile, 'version'>,
): PackageLockReading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', problem: brokenJson(text, path) };
  }
  if (!isRecord(parsed)) {
    return unreadable(path, { line: 1, column: 1 }, `${path} holds no object`, regenerate(path));
  }
  const { packages, dependencies, lockfileVersion } = parsed;
  const fail = (member: string, message: string, hint: string | null): PackageLockReading =>
    unreadable(path, locateMember(text, member), `${path}: ${message}`, hint);

  const version = lockfileVersion ?? (packages === undefined ? 1 : 2);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    return fail('lockfileVersion', '"lockfileVersion" is no whole number', regenerate(path));
  }
  if (version > newestVersion) {
    return fail(
      'lockfileVersion',
      `lockfileVersion ${version} is not known to this check, which reads 1 to ${newestVersion}`,
      `update npmrc-preflight, or write the file with "npm install --lockfile-version=${newestVersion}"`,
    );
  }
  for (const [name, section] of Object.entries({ packages, dependencies })) {
    if (section !== undefined && !isRecord(section))
      return fail(name, `"${name}" is no object`, regenerate(path));
  }

  const shape = isRecord(packages) ? 'packages' : 'dependencies';
  const entries = isRecord(packages)
    ? readPackagesSection(packages)
    : readDependenciesSection(isRecord(dependencies) ? dependencies : {});
  if (!(entries instanceof Map)) {
    const position = locateEntries(text, shape, new Set([entries.place])).get(entries.place) ?? {
      line: 1,
      column: 1,
    };
    return unreadable(path, position, `${path} has ${entries.message}`, regenerate(path));
  }
  return { kind: 'lock', lock: { lockfile: { path, format, version }, shape, entries, text } };
}

function regenerate(path: string): string {
  return `write ${path} anew with "npm install --package-lock-only"`;
}
