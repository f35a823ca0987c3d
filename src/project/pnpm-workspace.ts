import { join } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import type { PackageExtension } from '../domain/package-extension.ts';
import type { InputProblem } from '../domain/project.ts';
import { isRecord } from '../domain/record.ts';
import type { Source } from '../domain/source.ts';
import { type Catalogs, readCatalogs } from './catalogs.ts';
import type { WrittenOverride } from './client-overrides.ts';
import { type Position, readText, unreadable } from './json-file.ts';
import { readPackageExtensions } from './package-extensions.ts';
import { type KeyPlaces, yamlKeyPlaces } from './yaml-key-places.ts';
import { parseYaml } from './yaml-text.ts';

/** What pnpm-workspace.yaml says of the project's packages. `patterns` is `null` where it names none: the root is then the only one. */
export interface PnpmWorkspace {
  patterns: readonly string[] | null;
  patternsAt: Position;
  catalogs: Catalogs;
  overrides: readonly WrittenOverride[];
  extensions: readonly PackageExtension[];
  /** `configDependencies`: exact versions, without the integrity that pnpm 10 writes behind them. Installed before all others. */
  configDependencies: readonly WrittenOverride[];
  /** `linkWorkspacePackages`, `null` where it is not set. */
  linksWorkspaces: boolean | null;
}

export type PnpmWorkspaceReading =
  | { kind: 'workspace'; workspace: PnpmWorkspace }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };

/** The name of the file, as messages show it. */
export const pnpmWorkspaceFile = 'pnpm-workspace.yaml';

const start: Position = { line: 1, column: 1 };

/**
 * Reads pnpm-workspace.yaml of a folder (absolute). Unreadable: broken YAML, no mapping, `packages` that is no list of texts, as pnpm 8 to 12
 * refuse them (pnpm 10 @pnpm/workspace.read-manifest).
 */
export function readPnpmWorkspace(files: FileReader, directory: string): PnpmWorkspaceReading {
  const shown = pnpmWorkspaceFile;
  const reading = readText(files, join(directory, shown), shown);
  if (reading.kind !== 'text') return reading;
  const yaml = parseYaml(reading.text, shown);
  if (yaml.kind === 'broken') return { kind: 'unreadable', problem: yaml.problem };
  const root = yaml.value ?? {};
  if (!isRecord(root)) return unreadable(shown, start, `${shown} holds no mapping`, null);
  const places = yamlKeyPlaces(reading.text, ['overrides', 'configDependencies', 'packageExtensions']);
  const patternsAt = places.get('')?.get('packages') ?? start;
  const patterns = root.packages ?? null;
  if (patterns !== null && !isTexts(patterns)) {
    const message = `"packages" in ${shown} is no list of folders`;
    return unreadable(shown, patternsAt, message, "write it as a list, e.g. ['packages/*']");
  }
  return {
    kind: 'workspace',
    workspace: {
      patterns,
      patternsAt,
      catalogs: readCatalogs(root.catalog, root.catalogs),
      overrides: readTextMap('overrides', root, places),
      extensions: readPackageExtensions(root.packageExtensions, (key) =>
        sourceOf('packageExtensions', key, places),
      ),
      configDependencies: readTextMap('configDependencies', root, places).map((entry) => ({
        ...entry,
        value: entry.value.replace(/\+.*$/s, ''),
      })),
      linksWorkspaces: flagOf(root.linkWorkspacePackages),
    },
  };
}

/** The texts of a mapping; of an entry that is a mapping its `integrity`, where pnpm 10 puts the version of one with its own tarball. */
function readTextMap(
  section: string,
  root: Record<string, unknown>,
  places: ReadonlyMap<string, KeyPlaces>,
): WrittenOverride[] {
  const texts: WrittenOverride[] = [];
  const written = root[section];
  for (const [key, entry] of Object.entries(isRecord(written) ? written : {})) {
    const value = isRecord(entry) ? entry.integrity : entry;
    if (typeof value !== 'string') continue;
    texts.push({ key, value, source: sourceOf(section, key, places) });
  }
  return texts;
}

function sourceOf(section: string, key: string, places: ReadonlyMap<string, KeyPlaces>): Source {
  const { line, column } = places.get(section)?.get(key) ?? start;
  return { kind: 'file', path: pnpmWorkspaceFile, line, column, key: section };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

function flagOf(value: unknown): boolean | null {
  if (value === 'true' || value === 'deep') return true;
  return value === 'false' ? false : null;
}
