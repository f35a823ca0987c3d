import { join } from 'node:path';
import type { ClientName } from '../domain/client.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { PackageExtension } from '../domain/package-extension.ts';
import type { InputProblem } from '../domain/project.ts';
import { isRecord } from '../domain/record.ts';
import { adaptDeclarations } from './adapt-declarations.ts';
import { type Catalogs, readCatalogs } from './catalogs.ts';
import {
  type ClientOverrides,
  clientOverrides,
  readsManifestSettings,
  readsWorkspaceSettings,
} from './client-overrides.ts';
import type { Declaration, ManifestFault, WorkspacePattern } from './declaration.ts';
import { declarationTaken } from './declaration-taken.ts';
import { parseDependencySpec } from './dependency-spec.ts';
import { withExtensions } from './extended-manifest.ts';
import { memberSource, type Position, readText } from './json-file.ts';
import { type JsonNode, memberOf } from './json-tree.ts';
import { kindsTaken } from './kinds-taken.ts';
import type { Linking } from './local-folder.ts';
import type { Manifest } from './manifest.ts';
import { namelessSpec } from './nameless-alias.ts';
import { readPackageExtensions } from './package-extensions.ts';
import { type PnpmWorkspace, pnpmWorkspaceFile, readPnpmWorkspace } from './pnpm-workspace.ts';
import { yamlKeyPlaces } from './yaml-key-places.ts';
import { parseYaml } from './yaml-text.ts';

/** How one client reads the manifests of a project. */
export interface ClientProject {
  patterns: readonly WorkspacePattern[];
  /** The file and place of a fault in the patterns. */
  placeOf(fault: ManifestFault): { file: string; position: Position };
  linking(habits: ClientHabits): Linking;
  /** What the client's own file asks for (`configDependencies` of pnpm), as the declarations of a package at that file; `null` for nothing. */
  own: Manifest | null;
  overrides(habits: ClientHabits): ClientOverrides;
  extensions(habits: ClientHabits): readonly PackageExtension[];
  /** A manifest as this client takes it: catalogues, overrides and extensions resolved, without peers that it does not install. */
  adapt(manifest: Manifest, habits: ClientHabits): Manifest;
}

/** What the version (`major.minor.patch`) and the settings of a client tell about its reading of manifests. */
export interface ClientHabits {
  version: string;
  installsPeers: boolean;
  /** Left out: by the version and pnpm-workspace.yaml alone. */
  linksWorkspaces?: boolean;
}

export type ClientProjectReading =
  | { kind: 'client-project'; project: ClientProject }
  | { kind: 'unreadable'; problem: InputProblem };

/**
 * What a client makes of the root's manifest (`root`) and its own file beside it. Workspaces: `workspaces` of package.json, for pnpm `packages` of
 * pnpm-workspace.yaml, where a `!` counts wherever it stands (pnpm 10 @pnpm/fs.find-packages). Where peers are installed, pnpm installs those of the project's own
 * packages that are optional too (run for real: 9 to 12), the others leave them out.
 */
export function readClientProject(
  client: ClientName,
  files: FileReader,
  root: Manifest,
): ClientProjectReading {
  const reading =
    client === 'pnpm' ? readPnpmWorkspace(files, root.directory) : ({ kind: 'absent' } as const);
  if (reading.kind === 'unreadable') return reading;
  const workspace = reading.kind === 'workspace' ? reading.workspace : null;
  const ofBerry = client === 'yarn-berry' ? berrySettings(files, root.directory) : null;
  const catalogs = catalogsOf(client, root, workspace, ofBerry);
  const overrides = ({ version }: ClientHabits) =>
    clientOverrides(client, root, workspace?.overrides ?? [], catalogs, version);
  const extensions = ({ version }: ClientHabits) =>
    client === 'pnpm' ? pnpmExtensions(root, workspace, version) : (ofBerry?.extensions ?? []);
  return {
    kind: 'client-project',
    project: {
      patterns: client === 'pnpm' ? pnpmPatterns(workspace?.patterns ?? []) : root.workspacePatterns,
      placeOf: ({ offset }) =>
        workspace === null
          ? { file: root.file.shown, position: root.file.positionOf(offset) }
          : { file: pnpmWorkspaceFile, position: workspace.patternsAt },
      linking: (habits) => linkingOf(client, habits, workspace),
      own: workspace === null ? null : ownManifest(root, workspace),
      overrides,
      extensions,
      adapt: (manifest, habits) => ({
        ...manifest,
        overrides: manifest.location === '' ? overrides(habits).rules : manifest.overrides,
        declarations: adaptDeclarations(withExtensions(manifest, extensions(habits)), {
          catalogs,
          removed: new Set(overrides(habits).removed),
          taken: (declaration) => declarationTaken(client, declaration),
          kindsOf: ({ kinds }, isOptionalPeer) =>
            kindsTaken({ name: client, version: habits.version }, kinds, {
              asPeer: habits.installsPeers && (!isOptionalPeer || client === 'pnpm'),
            }),
          specOf: (declaration) => namelessSpec(client, habits.version, declaration, manifest.directory),
        }),
      }),
    },
  };
}

function ownManifest(root: Manifest, { configDependencies }: PnpmWorkspace): Manifest | null {
  const declarations = new Map<string, Declaration>();
  for (const { key, value, source } of configDependencies) {
    const reading = parseDependencySpec(key, value, root.directory);
    if (reading.kind === 'invalid') continue;
    declarations.set(key, {
      installName: key,
      kinds: ['prod'],
      spec: reading.spec,
      written: value,
      source,
    });
  }
  if (declarations.size === 0) return null;
  const nothing = {
    name: null,
    version: null,
    optionalPeers: new Set<string>(),
    overrides: [],
    workspacePatterns: [],
    publish: null,
  };
  return { ...root, ...nothing, location: pnpmWorkspaceFile, declarations };
}

function pnpmPatterns(patterns: readonly string[]): WorkspacePattern[] {
  const negated = patterns.filter((pattern) => pattern.startsWith('!'));
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  return [...wanted, ...negated].map((pattern) => ({ pattern, offset: 0 }));
}

function catalogsOf(
  client: ClientName,
  root: Manifest,
  workspace: PnpmWorkspace | null,
  ofBerry: BerrySettings | null,
): Catalogs {
  if (client === 'pnpm') return workspace?.catalogs ?? new Map();
  if (client === 'bun') {
    const workspaces = memberOf(root.file.root, 'workspaces')?.node;
    const holders = [root.file.root, ...(workspaces === undefined ? [] : [workspaces])];
    const found = holders.map((holder) =>
      readCatalogs(plain(memberOf(holder, 'catalog')?.node), plain(memberOf(holder, 'catalogs')?.node)),
    );
    return new Map(found.flatMap((catalogs) => [...catalogs]));
  }
  return ofBerry?.catalogs ?? new Map();
}

interface BerrySettings {
  catalogs: Catalogs;
  extensions: readonly PackageExtension[];
}

/** What .yarnrc.yml of a folder says of packages, `null` where there is none that can be read. */
function berrySettings(files: FileReader, directory: string): BerrySettings | null {
  const path = '.yarnrc.yml';
  const text = readText(files, join(directory, path), path);
  const yaml = text.kind === 'text' ? parseYaml(text.text, path, { twins: true }) : null;
  if (text.kind !== 'text' || yaml?.kind !== 'yaml' || !isRecord(yaml.value)) return null;
  const section = 'packageExtensions';
  const places = yamlKeyPlaces(text.text, [section]).get(section);
  return {
    catalogs: readCatalogs(yaml.value.catalog, yaml.value.catalogs),
    extensions: readPackageExtensions(yaml.value[section], (key) => {
      const { line, column } = places?.get(key) ?? { line: 1, column: 1 };
      return { kind: 'file', path, line, column, key: section };
    }),
  };
}

function pnpmExtensions(
  root: Manifest,
  workspace: PnpmWorkspace | null,
  version: string,
): readonly PackageExtension[] {
  const settings = memberOf(root.file.root, 'pnpm')?.node;
  const own = settings && memberOf(settings, 'packageExtensions')?.node;
  return [
    ...(readsWorkspaceSettings(version) ? (workspace?.extensions ?? []) : []),
    ...(own && readsManifestSettings(version)
      ? readPackageExtensions(plain(own, 3), (key) =>
          memberSource(root.file, memberOf(own, key)?.keyOffset ?? own.offset, 'pnpm.packageExtensions'),
        )
      : []),
  ];
}

/** The value of a JSON node: of objects in objects no more than `deepest` levels, as catalogues have them. */
function plain(node: JsonNode | undefined, deepest = 1): unknown {
  if (node?.kind === 'scalar') return node.value;
  if (node?.kind !== 'object' || deepest < 0) return null;
  return Object.fromEntries(
    [...node.members].map(([name, member]) => [name, plain(member.node, deepest - 1)]),
  );
}

function linkingOf(
  client: ClientName,
  { version, linksWorkspaces }: ClientHabits,
  workspace: PnpmWorkspace | null,
): Linking {
  if (client === 'npm') return 'npm';
  if (client !== 'pnpm') return 'fitting';
  const links = linksWorkspaces ?? workspace?.linksWorkspaces ?? Number(version.split('.')[0]) < 9;
  return links ? 'fitting' : 'never';
}
