import { join } from 'node:path';
import type { ClientName } from '../domain/client.ts';
import type { IncludeKind } from '../domain/dependency.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem, Project, PublishTarget } from '../domain/project.ts';
import { printable } from '../domain/redaction.ts';
import type { Source } from '../domain/source.ts';
import type { Declaration, ManifestFault, SaidInMap, WorkspacePattern } from './declaration.ts';
import { readDeclaredClient } from './declared-client.ts';
import { type DependencySpec, parseDependencySpec, withoutPassword } from './dependency-spec.ts';
import { type JsonFile, memberSource, readJsonFile, unreadable } from './json-file.ts';
import { describeNode, type JsonMember, type JsonNode, memberOf, textOf } from './json-tree.ts';
import { type OverrideRule, readOverrides } from './overrides.ts';
import { readPublishTarget } from './publish-target.ts';

/** One package.json. `location` is its folder relative to the project's, with `/`; empty for the root. */
export interface Manifest {
  location: string;
  /** Absolute, in the platform's form. */
  directory: string;
  file: JsonFile;
  name: string | null;
  version: string | null;
  /** Peers that may be left out are among them: whether an install fetches those is the client's to say. */
  declarations: ReadonlyMap<string, Declaration>;
  /** Names that `peerDependenciesMeta` calls optional. */
  optionalPeers: ReadonlySet<string>;
  overrides: readonly OverrideRule[];
  workspacePatterns: readonly WorkspacePattern[];
  publish: PublishTarget | null;
  declaredClient: Project['declaredClient'];
  /** What is wrong in it, as far as a client may pass over it: see `manifestProblem`. */
  faults: readonly ManifestFault[];
}

export type ManifestReading =
  | { kind: 'manifest'; manifest: Manifest }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };

/** The maps, strongest last for npm and Yarn 2+. */
const maps = [
  { field: 'peerDependencies', kind: 'peer' },
  { field: 'dependencies', kind: 'prod' },
  { field: 'optionalDependencies', kind: 'optional' },
  { field: 'devDependencies', kind: 'dev' },
] as const satisfies readonly { field: string; kind: IncludeKind }[];

const kindOrder: readonly IncludeKind[] = ['prod', 'dev', 'peer', 'optional'];

/**
 * Reads the package.json of one folder. `directory` is absolute, `location` its path below the project.
 * Unreadable: broken JSON, no object. Faults: a dependency map that is no object, a range that is no text, a name or tag no registry takes, overrides and workspaces that
 * are none.
 */
export function readManifest(files: FileReader, directory: string, location: string): ManifestReading {
  const shown = location === '' ? 'package.json' : `${location}/package.json`;
  const reading = readJsonFile(files, join(directory, 'package.json'), shown);
  if (reading.kind !== 'json') return reading;
  const { file } = reading;
  if (file.root.kind !== 'object') {
    const message = `${shown} holds ${describeNode(file.root)}, not an object`;
    return unreadable(shown, file.positionOf(file.root.offset), message, null);
  }
  const faults: ManifestFault[] = [];
  const declarations = readDeclarations(file, directory, faults);
  const overrides = location === '' ? readOverrides(file, directory, declarations, faults) : [];
  const workspacePatterns = readWorkspacePatterns(file.root, faults);
  return {
    kind: 'manifest',
    manifest: {
      location,
      directory,
      file,
      name: textOf(memberOf(file.root, 'name')?.node) || null,
      version: textOf(memberOf(file.root, 'version')?.node),
      declarations,
      optionalPeers: optionalPeerNames(file.root),
      overrides,
      workspacePatterns,
      publish: readPublishTarget(file),
      declaredClient: readDeclaredClient(file),
      faults,
    },
  };
}

/** The first fault of a manifest at which a client ends; `null` for none. */
export function manifestProblem({ file, faults }: Manifest, client: ClientName): InputProblem | null {
  const fault = faults.find(({ passedOver }) => passedOver?.includes(client) !== true);
  if (fault === undefined) return null;
  const { offset, message, hint } = fault;
  return { file: file.shown, ...file.positionOf(offset), message, hint };
}

function readDeclarations(
  file: JsonFile,
  directory: string,
  faults: ManifestFault[],
): Map<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  for (const { field, kind } of maps) {
    const map = memberOf(file.root, field)?.node;
    if (map === undefined || (map.kind === 'scalar' && map.value === null)) continue;
    if (map.kind !== 'object') {
      const message = `"${field}" is ${describeNode(map)}, not an object of names and ranges`;
      faults.push({ offset: map.offset, message, hint: null, passedOver: isVoid(map) ? allButBun : [] });
      continue;
    }
    for (const [name, { keyOffset, node }] of map.members) {
      const reading = readDeclaration(name, { keyOffset, node }, { field, directory });
      if ('message' in reading) {
        faults.push(reading);
        continue;
      }
      const { spec, written, fault } = reading;
      if (fault !== null) faults.push(fault);
      const said = {
        kind,
        spec,
        written: withoutPassword(written) || '*',
        source: memberSource(file, keyOffset, field),
      };
      declarations.set(name, joined(name, declarations.get(name), said));
    }
  }
  return new Map([...declarations].sort(([, a], [, b]) => inText(a.source, b.source)));
}

/** A name with one more map that it stands in: the last one counts, as for npm and Yarn 2+. */
function joined(
  installName: string,
  earlier: Declaration | undefined,
  { kind, ...last }: SaidInMap,
): Declaration {
  if (earlier === undefined) return { installName, kinds: [kind], ...last };
  const {
    kinds: [first = kind],
    spec,
    written,
    source,
  } = earlier;
  const kinds = new Set([...earlier.kinds, kind]);
  if (kind === 'optional') kinds.delete('prod');
  const before = earlier.said ?? [{ kind: first, spec, written, source }];
  return {
    installName,
    kinds: kindOrder.filter((candidate) => kinds.has(candidate)),
    ...last,
    said: [...before, { kind, ...last }],
  };
}

/** One member of a dependency map. Both Yarns take a name that begins with `//` for a comment; they and Bun call a local folder anything. */
function readDeclaration(
  name: string,
  { keyOffset, node }: JsonMember,
  { field, directory }: { field: string; directory: string },
): { spec: DependencySpec; written: string; fault: ManifestFault | null } | ManifestFault {
  const written = textOf(node);
  const isComment = name.startsWith('//');
  if (written === null) {
    const message = `the range of "${printable(name.slice(0, 200))}" in "${field}" is ${describeNode(node)}, not a text`;
    const passedOver = isComment ? bothYarns : (['yarn-berry'] as const);
    return { offset: node.offset, message, hint: null, passedOver };
  }
  const reading = parseDependencySpec(name, written, directory);
  if (reading.kind === 'spec') return { spec: reading.spec, written, fault: null };
  const fault = { offset: keyOffset, message: reading.message, hint: null };
  if (isComment) return { ...fault, passedOver: bothYarns };
  const nameless = /^[!-~]+$/.test(name) ? parseDependencySpec('any', written, directory) : reading;
  if (nameless.kind === 'invalid') return fault;
  const { from } = nameless.spec;
  if (from !== 'file' && from !== 'workspace') return fault;
  const passedOver = [...bothYarns, 'bun'] as const;
  return { spec: { ...nameless.spec, name }, written, fault: { ...fault, passedOver } };
}

const bothYarns: readonly ClientName[] = ['yarn', 'yarn-berry'];
const allButBun: readonly ClientName[] = ['npm', 'pnpm', ...bothYarns];

/** What stands where somebody's program had nothing to write. */
function isVoid(node: JsonNode): boolean {
  return node.kind === 'array' ? node.items.length === 0 : node.kind === 'scalar' && !node.value;
}

function inText(a: Source, b: Source): number {
  if (a.kind !== 'file' || b.kind !== 'file') return 0;
  return a.line - b.line || (a.column ?? 1) - (b.column ?? 1);
}

function optionalPeerNames(root: JsonNode): ReadonlySet<string> {
  const names = new Set<string>();
  const meta = memberOf(root, 'peerDependenciesMeta')?.node;
  if (meta?.kind !== 'object') return names;
  for (const [name, { node }] of meta.members) {
    const optional = memberOf(node, 'optional')?.node;
    if (optional?.kind === 'scalar' && optional.value === true) names.add(name);
  }
  return names;
}

/** pnpm has a file of its own for them; both Yarns pass over what is no list. */
function readWorkspacePatterns(root: JsonNode, faults: ManifestFault[]): WorkspacePattern[] {
  const field = memberOf(root, 'workspaces');
  if (field === undefined) return [];
  const list = field.node.kind === 'object' ? memberOf(field.node, 'packages')?.node : field.node;
  if (list === undefined) return [];
  if (list.kind !== 'array') {
    const message = `"workspaces" is ${describeNode(list)}, not a list of folders`;
    const hint = 'write it as a list, e.g. ["packages/*"]';
    faults.push({ offset: list.offset, message, hint, passedOver: ['pnpm', ...bothYarns] });
    return [];
  }
  const patterns: WorkspacePattern[] = [];
  for (const item of list.items) {
    const pattern = textOf(item);
    if (pattern === null) {
      const message = `"workspaces" lists ${describeNode(item)}, not a folder`;
      faults.push({ offset: item.offset, message, hint: null, passedOver: ['pnpm'] });
    } else {
      patterns.push({ pattern, offset: item.offset });
    }
  }
  return patterns;
}
