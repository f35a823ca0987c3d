import { join } from 'node:path';
import type { IncludeKind } from '../domain/dependency.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem, Project, PublishTarget } from '../domain/project.ts';
import { printable } from '../domain/redaction.ts';
import type { Source } from '../domain/source.ts';
import type { Declaration, ManifestFault, WorkspacePattern } from './declaration.ts';
import { readDeclaredClient } from './declared-client.ts';
import { parseDependencySpec, withoutPassword } from './dependency-spec.ts';
import { type JsonFile, memberSource, readJsonFile, unreadable } from './json-file.ts';
import { describeNode, type JsonNode, memberOf, textOf } from './json-tree.ts';
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
}

export type ManifestReading =
  | { kind: 'manifest'; manifest: Manifest }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };

/** The maps, strongest last: where a name stands in several, npm 11 takes the range of the last one (its order of loading). */
const maps = [
  { field: 'peerDependencies', kind: 'peer' },
  { field: 'dependencies', kind: 'prod' },
  { field: 'optionalDependencies', kind: 'optional' },
  { field: 'devDependencies', kind: 'dev' },
] as const satisfies readonly { field: string; kind: IncludeKind }[];

const kindOrder: readonly IncludeKind[] = ['prod', 'dev', 'peer', 'optional'];

/**
 * Reads the package.json of one folder. `directory` is absolute, `location` its path below the project.
 * Unreadable: broken JSON, no object, a dependency map that is no object, a range that is no text, a name or tag no registry takes.
 */
export function readManifest(files: FileReader, directory: string, location: string): ManifestReading {
  const shown = location === '' ? 'package.json' : `${location}/package.json`;
  const reading = readJsonFile(files, join(directory, 'package.json'), shown);
  if (reading.kind !== 'json') return reading;
  const { file } = reading;
  const fail = (fault: ManifestFault): ManifestReading =>
    unreadable(shown, file.positionOf(fault.offset), fault.message, fault.hint);

  if (file.root.kind !== 'object') {
    return fail({
      offset: file.root.offset,
      message: `${shown} holds ${describeNode(file.root)}, not an object`,
      hint: null,
    });
  }
  const declarations = readDeclarations(file, directory);
  if ('message' in declarations) return fail(declarations);
  const overrides = location === '' ? readOverrides(file, directory, declarations) : [];
  if ('message' in overrides) return fail(overrides);
  const workspacePatterns = readWorkspacePatterns(file.root);
  if ('message' in workspacePatterns) return fail(workspacePatterns);
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
    },
  };
}

function readDeclarations(file: JsonFile, directory: string): Map<string, Declaration> | ManifestFault {
  const declarations = new Map<string, Declaration>();
  for (const { field, kind } of maps) {
    const map = memberOf(file.root, field);
    if (map === undefined || (map.node.kind === 'scalar' && map.node.value === null)) continue;
    if (map.node.kind !== 'object') {
      return {
        offset: map.node.offset,
        message: `"${field}" is ${describeNode(map.node)}, not an object of names and ranges`,
        hint: null,
      };
    }
    for (const [name, { keyOffset, node }] of map.node.members) {
      const written = textOf(node);
      if (written === null) {
        return {
          offset: node.offset,
          message: `the range of "${printable(name.slice(0, 200))}" in "${field}" is ${describeNode(node)}, not a text`,
          hint: null,
        };
      }
      const reading = parseDependencySpec(name, written, directory);
      if (reading.kind === 'invalid') return { offset: keyOffset, message: reading.message, hint: null };
      const kinds = new Set([...(declarations.get(name)?.kinds ?? []), kind]);
      if (kind === 'optional') kinds.delete('prod');
      declarations.set(name, {
        installName: name,
        kinds: kindOrder.filter((candidate) => kinds.has(candidate)),
        spec: reading.spec,
        written: withoutPassword(written) || '*',
        source: memberSource(file, keyOffset, field),
      });
    }
  }
  return new Map([...declarations].sort(([, a], [, b]) => inText(a.source, b.source)));
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

function readWorkspacePatterns(root: JsonNode): WorkspacePattern[] | ManifestFault {
  const field = memberOf(root, 'workspaces');
  if (field === undefined) return [];
  const list = field.node.kind === 'object' ? memberOf(field.node, 'packages')?.node : field.node;
  if (list === undefined) return [];
  if (list.kind !== 'array') {
    const message = `"workspaces" is ${describeNode(list)}, not a list of folders`;
    return { offset: list.offset, message, hint: 'write it as a list, e.g. ["packages/*"]' };
  }
  const patterns: WorkspacePattern[] = [];
  for (const item of list.items) {
    const pattern = textOf(item);
    if (pattern === null) {
      return {
        offset: item.offset,
        message: `"workspaces" lists ${describeNode(item)}, not a folder`,
        hint: null,
      };
    }
    patterns.push({ pattern, offset: item.offset });
  }
  return patterns;
}
