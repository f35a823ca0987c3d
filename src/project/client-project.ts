import { join } from 'node:path';
import type { ClientName } from '../domain/client.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem } from '../domain/project.ts';
import { type Catalogs, rangeOfCatalog, readCatalogs } from './catalogs.ts';
import { clientOverrides } from './client-overrides.ts';
import type { Declaration, ManifestFault, WorkspacePattern } from './declaration.ts';
import { parseDependencySpec } from './dependency-spec.ts';
import { type Position, readText } from './json-file.ts';
import { type JsonNode, memberOf } from './json-tree.ts';
import type { Linking } from './local-folder.ts';
import { isRecord } from './lock-entry.ts';
import type { Manifest } from './manifest.ts';
import { type PnpmWorkspace, pnpmWorkspaceFile, readPnpmWorkspace } from './pnpm-workspace.ts';
import { parseYaml } from './yaml-text.ts';

/** How one client reads the manifests of a project. */
export interface ClientProject {
  patterns: readonly WorkspacePattern[];
  /** The file and place of a fault in the patterns. */
  placeOf(fault: ManifestFault): { file: string; position: Position };
  linking: Linking;
  /** What the client's own file asks for (`configDependencies` of pnpm), as the declarations of a package at that file; `null` for nothing. */
  own: Manifest | null;
  /** A manifest as this client takes it: catalogues and overrides resolved, without peers that it does not install. */
  adapt(manifest: Manifest): Manifest;
}

export type ClientProjectReading =
  | { kind: 'client-project'; project: ClientProject }
  | { kind: 'unreadable'; problem: InputProblem };

/**
 * What a client makes of the root's manifest (`root`) and its own file beside it. Workspaces: `workspaces` of package.json, for pnpm `packages` of
 * pnpm-workspace.yaml, where a `!` counts wherever it stands (pnpm 10 @pnpm/fs.find-packages). Peers of the project's own packages are installed by npm 7+, pnpm 8+ and
 * Bun, not by Yarn (`autoInstallPeers` of pnpm heeded).
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
  const catalogs = catalogsOf(client, files, root, workspace);
  const overrides = clientOverrides(client, root, workspace?.overrides ?? [], catalogs);
  const peers = installsPeers(client, root, workspace);
  return {
    kind: 'client-project',
    project: {
      patterns: client === 'pnpm' ? pnpmPatterns(workspace?.patterns ?? []) : root.workspacePatterns,
      placeOf: ({ offset }) =>
        workspace === null
          ? { file: root.file.shown, position: root.file.positionOf(offset) }
          : { file: pnpmWorkspaceFile, position: workspace.patternsAt },
      linking: linkingOf(client, root, workspace),
      own: workspace === null ? null : ownManifest(root, workspace),
      adapt: (manifest) => ({
        ...manifest,
        overrides: manifest.location === '' ? overrides : manifest.overrides,
        declarations: adaptDeclarations(manifest, catalogs, peers),
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
  const nothing = { name: null, version: null, overrides: [], workspacePatterns: [], publish: null };
  return { ...root, ...nothing, location: pnpmWorkspaceFile, declarations };
}

function pnpmPatterns(patterns: readonly string[]): WorkspacePattern[] {
  const negated = patterns.filter((pattern) => pattern.startsWith('!'));
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  return [...wanted, ...negated].map((pattern) => ({ pattern, offset: 0 }));
}

function catalogsOf(
  client: ClientName,
  files: FileReader,
  root: Manifest,
  workspace: PnpmWorkspace | null,
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
  if (client !== 'yarn-berry') return new Map();
  const text = readText(files, join(root.directory, '.yarnrc.yml'), '.yarnrc.yml');
  const yaml = text.kind === 'text' ? parseYaml(text.text, '.yarnrc.yml') : null;
  return yaml?.kind === 'yaml' && isRecord(yaml.value)
    ? readCatalogs(yaml.value.catalog, yaml.value.catalogs)
    : new Map();
}

/** The value of a JSON node as far as catalogues go: objects of objects of texts. */
function plain(node: JsonNode | undefined, depth = 0): unknown {
  if (node?.kind === 'scalar') return node.value;
  if (node?.kind !== 'object' || depth > 1) return null;
  return Object.fromEntries([...node.members].map(([name, member]) => [name, plain(member.node, depth + 1)]));
}

function installsPeers(client: ClientName, root: Manifest, workspace: PnpmWorkspace | null): boolean {
  if (client === 'yarn' || client === 'yarn-berry') return false;
  if (client !== 'pnpm') return true;
  return workspace?.installsPeers ?? declaredMajor(root, 8) >= 8;
}

function linkingOf(client: ClientName, root: Manifest, workspace: PnpmWorkspace | null): Linking {
  if (client === 'npm') return 'npm';
  if (client !== 'pnpm') return 'fitting';
  return (workspace?.linksWorkspaces ?? declaredMajor(root, 9) < 9) ? 'fitting' : 'never';
}

function declaredMajor(root: Manifest, assumed: number): number {
  const written = root.declaredClient?.version?.split('.')[0];
  return written === undefined ? assumed : Number(written);
}

function adaptDeclarations(
  manifest: Manifest,
  catalogs: Catalogs,
  peers: boolean,
): ReadonlyMap<string, Declaration> {
  const adapted = new Map<string, Declaration>();
  for (const [name, declaration] of manifest.declarations) {
    const kinds = peers ? declaration.kinds : declaration.kinds.filter((kind) => kind !== 'peer');
    if (kinds.length === 0) continue;
    const range = rangeOfCatalog(catalogs, name, declaration.written);
    const reading = range === null ? null : parseDependencySpec(name, range, manifest.directory);
    const spec = reading?.kind === 'spec' ? reading.spec : declaration.spec;
    adapted.set(name, { ...declaration, kinds, spec });
  }
  return adapted;
}
