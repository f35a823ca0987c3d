import type { Dependency } from '../domain/dependency.ts';
import type { Declaration } from './declaration.ts';
import {
  addDraft,
  type DependencyDraft,
  type DraftEntry,
  type Drafts,
  finishDrafts,
} from './dependency-draft.ts';
import { type Linking, localKind, manifestsByName } from './local-folder.ts';
import { type OverridesByName, overridesByName, satisfies } from './lock-agreement.ts';
import type { Manifest } from './manifest.ts';
import type { OverrideRule } from './overrides.ts';
import { addWay, everyWay, type Ways, wayWith } from './reach.ts';
import type { ResolvedLock, ResolvedPackage } from './resolved-lock.ts';

/** One package of the lockfile with what leads to it. `names` are those that it is installed under by other packages. */
interface Node {
  resolved: ResolvedPackage;
  from: Dependency['from'];
  ways: Ways;
  dependents: Set<string>;
  names: Set<string>;
  isAskedFirmly: boolean;
}

interface Direct {
  draft: DependencyDraft;
  node: Node | null;
}

/**
 * Everything that an install by this lockfile fetches, as `collectDependencies` gives it for npm: the direct dependencies in the order of the manifests, then
 * what the lockfile adds in its order. `manifests` are the root, then its workspaces, as the client takes them; `linking` says when the client takes a package
 * of the project for a name that the lockfile does not hold. A direct dependency that the
 * lockfile does not resolve, or resolves for another range, has nothing locked. Packages of the project itself and linked folders are no ways to
 * anything but what their own manifests ask. Packages that nothing reaches are not fetched (Yarn 1 leaves some behind); in an outdated lockfile they may be what a
 * changed line of a manifest brings, and are kept.
 */
export function collectResolved(
  manifests: readonly Manifest[],
  lock: ResolvedLock,
  linking: Linking,
): Dependency[] {
  const nodes = new Map<string, Node>();
  for (const [key, resolved] of lock.packages) {
    nodes.set(key, {
      resolved,
      from: resolved.from,
      ways: [],
      dependents: new Set(),
      names: new Set(),
      isAskedFirmly: false,
    });
  }
  noteDependents(nodes);
  const overrides = overridesByName(manifests[0]?.overrides ?? []);
  const directs = readDirects(manifests, lock, nodes, linking);
  spreadWays(nodes, directs);

  const drafts: Drafts = new Map();
  const asked = new Set<string>();
  for (const { draft, node } of directs) {
    if (node === null && draft.from === 'registry') asked.add(draft.name);
    for (const dependent of node?.dependents ?? []) draft.dependents.add(dependent);
    for (const way of node?.ways ?? []) draft.ways = addWay(draft.ways, way);
    addDraft(drafts, draft);
  }
  for (const node of nodes.values()) {
    if (node.ways.length === 0 && (asked.size === 0 || isAskedAnew(node, asked))) continue;
    const draft = transitiveDraft(node, overrides);
    if (draft !== null) addDraft(drafts, draft);
  }
  return finishDrafts(drafts, {
    path: lock.lockfile.path,
    locate: (keys) =>
      new Map(
        [...keys].flatMap((key) => {
          const found = lock.packages.get(key);
          return found === undefined ? [] : [[key, found.position] as const];
        }),
      ),
  });
}

function readDirects(
  manifests: readonly Manifest[],
  lock: ResolvedLock,
  nodes: ReadonlyMap<string, Node>,
  linking: Linking,
): Direct[] {
  const named = linking === 'never' ? new Map<string, Manifest>() : manifestsByName(manifests);
  const directs: Direct[] = [];
  for (const manifest of manifests) {
    for (const declaration of manifest.declarations.values()) {
      const node = nodeOf(manifest, declaration, lock, nodes);
      if (node === null && isLeftOut(declaration, lock)) continue;
      const direct = readDirect(manifest, declaration, node);
      const local = node === null ? localKind(manifest, declaration, null, null, named, linking) : null;
      if (local !== null) direct.draft.from = local;
      directs.push(direct);
    }
  }
  return directs;
}

/** What the lockfile does not hold because its client was not to install it. */
function isLeftOut({ installName, kinds }: Declaration, lock: ResolvedLock): boolean {
  if (kinds.every((kind) => kind === 'peer')) return lock.withoutPeers === true;
  return kinds.every((kind) => kind === 'optional') && lock.leavesOut?.(installName) === true;
}

/** Nothing in the lockfile leads to it, and the manifest asks for another range of it. */
function isAskedAnew({ resolved, dependents }: Node, asked: ReadonlySet<string>): boolean {
  return dependents.size === 0 && asked.has(resolved.name);
}

/** Lockfiles note a range as the manifest has it, or as a catalogue made it. */
function nodeOf(
  { location }: Manifest,
  { installName, spec, written }: Declaration,
  lock: ResolvedLock,
  nodes: ReadonlyMap<string, Node>,
): Node | null {
  const key =
    lock.resolve(location, installName, written) ??
    (spec.requested === written ? null : lock.resolve(location, installName, spec.requested));
  return key === null ? null : (nodes.get(key) ?? null);
}

function readDirect(
  { location }: Manifest,
  { installName, spec, kinds, source }: Declaration,
  node: Node | null,
): Direct {
  const entry = node === null ? null : entryOf(node.resolved);
  const name = entry === null ? spec.name : (node?.resolved.name ?? spec.name);
  const from = originOf(spec.from, node?.resolved.from ?? null);
  const isAskedFirmly = kinds.some((kind) => kind !== 'optional') || node?.isAskedFirmly === true;
  if (node !== null) {
    node.from = from;
    node.isAskedFirmly = isAskedFirmly;
  }
  const draft: DependencyDraft = {
    name,
    alias: name === installName ? null : installName,
    kind: kinds[0] ?? 'prod',
    requested: spec.requested,
    from,
    entry,
    source,
    dependents: new Set([location === '' ? '.' : location]),
    ways: kinds.map((kind) => wayWith(0, kind)),
    isAskedFirmly,
  };
  return { draft, node };
}

/** What is a folder or file for the lockfile is one; what is asked by address is that, though its entry may look like one of a registry. */
function originOf(asked: Dependency['from'], locked: Dependency['from'] | null): Dependency['from'] {
  if (locked === null || locked === 'registry') return asked;
  return locked;
}

/** Folders of the project and of the disk have no entry: nothing is fetched for them. */
function entryOf({ key, from, version, tarball, integrity }: ResolvedPackage): DraftEntry | null {
  return from === 'workspace' || from === 'file'
    ? null
    : { place: key, version, resolved: tarball, integrity };
}

function noteDependents(nodes: ReadonlyMap<string, Node>): void {
  for (const { resolved } of nodes.values()) {
    if (resolved.from === 'workspace') continue;
    for (const { to, installName, kind } of resolved.edges) {
      const target = nodes.get(to);
      if (target === undefined) continue;
      target.dependents.add(resolved.name);
      target.names.add(installName);
      if (kind !== 'optional') target.isAskedFirmly = true;
    }
  }
}

/** Each edge is walked once for each new way to its beginning. */
function spreadWays(nodes: ReadonlyMap<string, Node>, directs: readonly Direct[]): void {
  const queue: { node: Node; way: number }[] = [];
  const reach = (node: Node | null | undefined, way: number): void => {
    if (!node) return;
    const ways = addWay(node.ways, way);
    if (ways === node.ways) return;
    node.ways = ways;
    if (node.resolved.from !== 'workspace') queue.push({ node, way });
  };
  for (const { draft, node } of directs) for (const way of draft.ways) reach(node, way);
  for (let at = 0; at < queue.length; at += 1) {
    const step = queue[at];
    for (const { to, kind } of step?.node.resolved.edges ?? []) {
      if (step !== undefined) reach(nodes.get(to), kind === 'prod' ? step.way : wayWith(step.way, kind));
    }
  }
}

function transitiveDraft(node: Node, overrides: OverridesByName): DependencyDraft | null {
  const { resolved, from, names, dependents, ways, isAskedFirmly } = node;
  const entry = entryOf(resolved);
  if (entry === null) return null;
  const { name, version } = resolved;
  const [onlyName] = names;
  const override = overrideOf(node, overrides);
  return {
    name,
    alias: names.size === 1 && onlyName !== undefined && onlyName !== name ? onlyName : null,
    kind: override === null ? 'transitive' : 'override',
    requested: override?.spec.requested ?? (version || '*'),
    from,
    entry,
    source: override?.source ?? null,
    dependents,
    ways: ways.length > 0 ? ways : everyWay(),
    ...(ways.length > 0 ? { isAskedFirmly } : {}),
  };
}

/** The override that may have brought this package, `null` when none fits. */
function overrideOf({ resolved, names }: Node, overrides: OverridesByName): OverrideRule | null {
  for (const name of names) {
    const rule = (overrides.get(name) ?? []).find(
      ({ spec }) => spec.name === resolved.name && satisfies(resolved.version, spec.range),
    );
    if (rule !== undefined) return rule;
  }
  return null;
}
