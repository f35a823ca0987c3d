import type { Dependency } from '../domain/dependency.ts';
import type { Declaration } from './declaration.ts';
import { addDraft, type DependencyDraft, type Drafts, finishDrafts } from './dependency-draft.ts';
import type { DependencySpec } from './dependency-spec.ts';
import { type Linking, localKind, manifestsByName } from './local-folder.ts';
import { locateEntries } from './locate-entries.ts';
import { agrees, type OverridesByName, originOf, overrideOf, overridesByName } from './lock-agreement.ts';
import type { PackageLock } from './lock-entry.ts';
import {
  buildLockGraph,
  type LockGraph,
  type LockNode,
  lookUp,
  noteDependents,
  type RootEdge,
  spreadWays,
} from './lock-graph.ts';
import type { Manifest } from './manifest.ts';
import { addWay, everyWay, waysOfFlags, wayWith } from './reach.ts';

/** One declaration with the entry of the lockfile that it gets; `agreed` is `null` when there is none or it can't be used. */
interface Direct {
  draft: DependencyDraft;
  node: LockNode | null;
  agreed: LockNode | null;
}

/**
 * Everything that an install of these packages would fetch, the direct dependencies in the order of the manifests, then what the lockfile
 * adds in its order. `manifests` are the root, then its workspaces (without a lockfile also folders that they link).
 * Rules: node's look-up through node_modules; a locked version that its range refuses is not used; what a dependency bundles is not fetched, what the
 * root bundles is (measured: npm 11). Entries that nothing reaches are kept: npm 8 fetches them, npm 11 does not (measured); they
 * have no dependents. `linking` says when a range means a workspace.
 */
export function collectDependencies(
  manifests: readonly Manifest[],
  lock: PackageLock | null,
  linking: Linking = 'npm',
): Dependency[] {
  const locations = manifests.map(({ location }) => location);
  const graph = lock === null ? null : buildLockGraph(lock.entries, locations);
  const overrides = overridesByName(manifests[0]?.overrides ?? []);
  const directs = readDirects(manifests, graph, overrides, linking);
  if (graph !== null) {
    spreadWays(graph, rootEdges(directs));
    noteDependents(graph);
  }

  const drafts: Drafts = new Map();
  for (const { draft, agreed } of directs) {
    for (const dependent of agreed?.dependents ?? []) draft.dependents.add(dependent);
    for (const way of agreed?.ways ?? []) draft.ways = addWay(draft.ways, way);
    addDraft(drafts, draft);
  }
  if (graph === null) {
    addOverrides(drafts, manifests[0]);
  } else {
    const refused = directs.flatMap(({ node, agreed }) => (node !== null && agreed === null ? node : []));
    addTransitive(drafts, graph, overrides, new Set(refused));
  }
  return finishDrafts(
    drafts,
    lock && {
      path: lock.lockfile.path,
      locate: (places) => locateEntries(lock.text, lock.shape, places),
    },
  );
}

function readDirects(
  manifests: readonly Manifest[],
  graph: LockGraph | null,
  overrides: OverridesByName,
  linking: Linking,
): Direct[] {
  const named = linking === 'never' ? new Map<string, Manifest>() : manifestsByName(manifests);
  const directs: Direct[] = [];
  for (const manifest of manifests) {
    const folder = graph?.nodes.get(manifest.location) ?? null;
    for (const declaration of manifest.declarations.values()) {
      const { installName, kinds, source } = declaration;
      const spec = graph === null ? overriddenSpec(manifest, declaration, overrides) : declaration.spec;
      const node = graph === null || folder === null ? null : lookUp(graph, folder, installName);
      const local = localKind(manifest, declaration, node, graph, named, linking);
      const entry = local === 'workspace' ? null : (node?.entry ?? null);
      const agreed = entry !== null && agrees(spec, entry, overrides) ? node : null;
      if (agreed !== null && spec.from === 'url') agreed.askedByUrl = true;
      const draft: DependencyDraft = {
        name: spec.name,
        alias: spec.name === installName ? null : installName,
        kind: kinds[0] ?? 'prod',
        requested: spec.requested,
        from: local ?? (agreed === null ? spec.from : originLocked(spec.from, agreed)),
        entry: agreed?.entry ?? null,
        source,
        dependents: new Set([manifest.location === '' ? '.' : manifest.location]),
        ways: kinds.map((kind) => wayWith(0, kind)),
      };
      directs.push({ draft, node, agreed });
    }
  }
  return directs;
}

/** What is asked of a registry may be locked from elsewhere, and is fetched from there. */
function originLocked(asked: DependencySpec['from'], { entry }: LockNode): DependencySpec['from'] {
  return asked === 'registry' && entry !== null ? originOf(entry) : asked;
}

/** Where no lockfile decides, an override for a name replaces what a workspace asks (the root's own range must be the same). */
function overriddenSpec(
  manifest: Manifest,
  { installName, spec }: Declaration,
  overrides: OverridesByName,
): DependencySpec {
  if (manifest.location === '') return spec;
  return overrides.get(installName)?.find(({ everywhere }) => everywhere)?.spec ?? spec;
}

function rootEdges(directs: readonly Direct[]): RootEdge[] {
  return directs.flatMap(({ draft, node }) =>
    node === null ? [] : draft.ways.map((way) => ({ to: node, way })),
  );
}

/** Without a lockfile nobody knows whether the overridden package is in the tree: it is listed as an override. */
function addOverrides(drafts: Drafts, root: Manifest | undefined): void {
  for (const { installName, spec, source } of root?.overrides ?? []) {
    if (root?.declarations.has(installName) === true) continue;
    addDraft(drafts, {
      name: spec.name,
      alias: spec.name === installName ? null : installName,
      kind: 'override',
      requested: spec.requested,
      from: spec.from,
      entry: null,
      source,
      dependents: new Set(['.']),
      ways: everyWay(),
    });
  }
}

function addTransitive(
  drafts: Drafts,
  graph: LockGraph,
  overrides: OverridesByName,
  refused: ReadonlySet<LockNode>,
): void {
  for (const node of graph.nodes.values()) {
    const { entry } = node;
    if (entry === null || entry.installName === null || entry.linkTo !== null) continue;
    if (refused.has(node) && node.dependents.size === 0) continue;
    if (entry.inBundle && !outermostIsBundled(node)) continue;
    const override = overrideOf(entry, overrides);
    const origin = originOf(entry);
    addDraft(drafts, {
      name: entry.packageName,
      alias: entry.packageName === entry.installName ? null : entry.installName,
      kind: override === null ? 'transitive' : 'override',
      requested: override?.spec.requested ?? entry.version ?? '*',
      from: origin === 'registry' && node.askedByUrl ? 'url' : origin,
      entry,
      source: override?.source ?? null,
      dependents: node.dependents,
      ways: node.ways.length > 0 ? node.ways : waysOfFlags(entry),
    });
  }
}

/** Of the packages around this one, the outermost is bundled: then the root (or a workspace) bundles all of them. */
function outermostIsBundled(node: LockNode): boolean {
  let outer = node;
  for (let around = node.parent; around !== null; around = around.parent) {
    if (around.entry === null || around.entry.installName === null) break;
    outer = around;
  }
  return outer.entry?.inBundle === true;
}
