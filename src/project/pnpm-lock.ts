import { join, posix } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem } from '../domain/project.ts';
import { isRecord } from '../domain/record.ts';
import { printable } from '../domain/redaction.ts';
import { type Position, readText, unreadable } from './json-file.ts';
import { type PnpmDocument, pnpmDocuments } from './pnpm-documents.ts';
import {
  isAskedFor,
  type PnpmAsked,
  type PnpmImporters,
  readConfigDependencies,
  readLockOverrides,
  readPnpmImporters,
} from './pnpm-importers.ts';
import { keysMeant, type PnpmKeyStyle } from './pnpm-key.ts';
import { readPnpmPackages } from './pnpm-packages.ts';
import { pnpmWorkspaceFile } from './pnpm-workspace.ts';
import type { ResolvedLockReading, ResolvedPackage } from './resolved-lock.ts';
import { yamlKeyPlaces } from './yaml-key-places.ts';
import { parseYaml } from './yaml-text.ts';

const shown = 'pnpm-lock.yaml';
const oldest = 5;
const newest = 9;
const start: Position = { line: 1, column: 1 };

/**
 * Reads pnpm-lock.yaml of a folder (absolute): versions 5 to 9, as pnpm 5 to 12 write them. Absent: no file, or one that holds no lockfile, which pnpm passes over.
 * Links to folders of the project are among the packages, with the key `link:folder`; `configDependencies` stand at the location
 * `pnpm-workspace.yaml`. Unreadable: broken YAML, merge conflict markers, another version, entries that are none.
 */
export function readPnpmLock(files: FileReader, directory: string): ResolvedLockReading {
  const reading = readText(files, join(directory, shown), shown);
  return reading.kind === 'text' ? parsePnpmLock(reading.text) : reading;
}

/** Reads the text of a pnpm lockfile (without byte order mark). See `readPnpmLock`. */
export function parsePnpmLock(text: string): ResolvedLockReading {
  const { environment, main } = pnpmDocuments(text);
  const own = environment === null ? null : parseDocument(environment);
  if (own?.kind === 'unreadable') return own;
  const project = main === null ? ({ kind: 'empty' } as const) : parseDocument(main);
  if (project.kind === 'unreadable') return project;
  if (project.kind === 'empty') return { kind: 'absent' };

  const { style, version, overrides, withoutPeers, ignoredOptional } = project;
  const packages = new Map(project.packages);
  const importers = new Map(project.importers);
  addLinks(packages, importers);
  if (own?.kind === 'document') {
    for (const [key, resolved] of own.packages) if (!packages.has(key)) packages.set(key, resolved);
    importers.set(pnpmWorkspaceFile, own.configDependencies);
  }
  return {
    kind: 'lock',
    lock: {
      lockfile: { path: shown, format: 'pnpm-lock', version },
      packages,
      withoutPeers,
      leavesOut: (installName) => ignoredOptional.some((pattern) => matchesName(installName, pattern)),
      askedIn(location) {
        const asked = importers.get(location);
        return asked === undefined ? null : [...asked.keys()];
      },
      resolve(location, installName, requested) {
        const asked = importers.get(location)?.get(installName);
        if (asked === undefined || !isAskedFor(asked, requested, overrides.get(installName))) return null;
        const link = linkTarget(location, asked.reference);
        if (link !== null) return `link:${link}`;
        return keysMeant(installName, asked.reference, style).find((key) => packages.has(key)) ?? null;
      },
    },
  };
}

interface PnpmDocumentRead {
  kind: 'document';
  version: number;
  style: PnpmKeyStyle;
  packages: ReadonlyMap<string, ResolvedPackage>;
  importers: PnpmImporters;
  configDependencies: ReadonlyMap<string, PnpmAsked>;
  overrides: ReadonlyMap<string, ReadonlySet<string>>;
  withoutPeers: boolean;
  /** Names or patterns with `*`. */
  ignoredOptional: readonly string[];
}

function parseDocument({
  text,
  firstLine,
}: PnpmDocument): PnpmDocumentRead | { kind: 'empty' } | { kind: 'unreadable'; problem: InputProblem } {
  const yaml = parseYaml(text, shown);
  if (yaml.kind === 'broken') {
    return { kind: 'unreadable', problem: { ...yaml.problem, line: yaml.problem.line + firstLine - 1 } };
  }
  const root = yaml.value;
  if (root === null || root === undefined) return { kind: 'empty' };
  const places = yamlKeyPlaces(text, ['packages', 'snapshots', 'importers'], firstLine);
  const keyPlace = (key: string): Position => places.get('')?.get(key) ?? { ...start, line: firstLine };
  const fail = (position: Position, message: string, hint = regenerate) =>
    unreadable(shown, position, `${shown} ${message}`, hint);
  if (!isRecord(root)) return fail(keyPlace(''), 'holds no mapping');

  const written = typeof root.lockfileVersion === 'string' ? root.lockfileVersion : '';
  const version = Number(/^(\d{1,4}(?:\.\d{1,4})?)(?:-[\w.-]+)?$/.exec(written)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) {
    return fail(keyPlace('lockfileVersion'), 'has no "lockfileVersion" that is a number');
  }
  if (version < oldest || version >= newest + 1) {
    const message = `has lockfileVersion ${printable(written)}: this check reads ${oldest} to ${newest}`;
    const newer = 'update npmrc-preflight, or write the file with pnpm 12 or older';
    return fail(keyPlace('lockfileVersion'), message, version < oldest ? regenerate : newer);
  }
  for (const name of ['importers', 'packages', 'snapshots']) {
    const section = root[name];
    if (section !== undefined && section !== null && !isRecord(section)) {
      return fail(keyPlace(name), `has "${name}" that is no mapping`);
    }
  }

  const style: PnpmKeyStyle = version < 6 ? 'slash' : 'at';
  const packages = readPnpmPackages({
    packages: isRecord(root.packages) ? root.packages : {},
    snapshots: isRecord(root.snapshots) ? root.snapshots : null,
    style,
    places,
  });
  if (!(packages instanceof Map)) return fail(packages.position, packages.message);
  const importers = readPnpmImporters(root, places.get('importers') ?? new Map());
  if ('message' in importers) return fail(importers.position, importers.message);
  const overrides = readLockOverrides(root.overrides);
  const configDependencies = readConfigDependencies(root);
  const withoutPeers = installsNoPeers(version, root.settings);
  return {
    kind: 'document',
    version,
    style,
    packages,
    importers,
    configDependencies,
    overrides,
    withoutPeers,
    ignoredOptional: Array.isArray(root.ignoredOptionalDependencies)
      ? root.ignoredOptionalDependencies.filter((pattern) => typeof pattern === 'string')
      : [],
  };
}

function matchesName(name: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return name === pattern;
  if (!name.startsWith(start) || !name.endsWith(end)) return false;
  let at = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - end.length;
}

/**
 * pnpm before 8 installs peers only where it is told to, and later ones refuse a lockfile whose note of the setting is another than theirs (run for real: 8 and 10).
 */
function installsNoPeers(version: number, settings: unknown): boolean {
  return version < 6 || (isRecord(settings) && settings.autoInstallPeers === 'false');
}

const regenerate = `write ${shown} anew with "pnpm install --lockfile-only"`;

/** The folder that a `link:` reference of a folder leads to, below the project's folder; `null` for other references. */
function linkTarget(location: string, reference: string): string | null {
  if (!reference.startsWith('link:')) return null;
  const target = posix.join(location, reference.slice('link:'.length).replace(/\\/g, '/'));
  return target.replace(/^\.$/, '').replace(/\/$/, '');
}

/** Folders of the project are workspaces, all others are files. */
function addLinks(packages: Map<string, ResolvedPackage>, importers: PnpmImporters): void {
  for (const [location, asked] of importers) {
    for (const [installName, { reference }] of asked) {
      const target = linkTarget(location, reference);
      if (target === null || packages.has(`link:${target}`)) continue;
      packages.set(`link:${target}`, {
        key: `link:${target}`,
        name: installName,
        version: '',
        from: importers.has(target) ? 'workspace' : 'file',
        tarball: null,
        integrity: null,
        position: start,
        edges: [],
      });
    }
  }
}
