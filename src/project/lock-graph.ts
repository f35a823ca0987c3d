import type { LockEdge, LockEntry } from './lock-entry.ts';
import { addWay, type Ways, wayWith } from './reach.ts';

/** An entry of a lockfile (`null` entry: a folder of the project that the lockfile does not know) among the others. */
export interface LockNode {
  location: string;
  entry: LockEntry | null;
  /** The folder in whose node_modules a look-up goes on; `null` at the end. */
  parent: LockNode | null;
  /** By the name that they are installed under; `null` for none. */
  children: Map<string, LockNode> | null;
  /** Who asks for it, as messages name them. */
  dependents: Set<string>;
  ways: Ways;
  /** Some package asks for it by an address of the web instead of a range. */
  askedByUrl: boolean;
}

export interface LockGraph {
  nodes: ReadonlyMap<string, LockNode>;
  /** Every name that something is installed under. */
  names: ReadonlySet<string>;
  /** Locations of the project's own packages: their edges are those of the manifests, not of the lockfile. */
  own: ReadonlySet<string>;
}

/** Folders that are looked at upwards from a location until the project's folder is taken; bounds hostile paths. */
const mostFoldersUp = 64;

/**
 * Joins the entries of a lockfile to a tree of node_modules folders. `folders` are the locations of the project's own packages, the root's `''` among them.
 * Linear in the text of the locations.
 */
export function buildLockGraph(
  entries: ReadonlyMap<string, LockEntry>,
  folders: readonly string[],
): LockGraph {
  const nodes = new Map<string, LockNode>();
  const names = new Set<string>();
  for (const location of ['', ...folders]) nodes.set(location, newNode(location, null));
  for (const [location, entry] of entries) nodes.set(location, newNode(location, entry));
  for (const node of nodes.values()) {
    const holder = holderOf(node.location);
    node.parent = nearest(nodes, holder);
    const installName = node.entry?.installName ?? null;
    if (installName === null || node.parent === null || node.parent.location !== holder) continue;
    node.parent.children ??= new Map();
    node.parent.children.set(installName, node);
    names.add(installName);
  }
  return { nodes, names, own: new Set(['', ...folders]) };
}

function newNode(location: string, entry: LockEntry | null): LockNode {
  return {
    location,
    entry,
    parent: null,
    children: null,
    dependents: new Set(),
    ways: [],
    askedByUrl: false,
  };
}

/** The folder that holds a location: the package around its node_modules, or the folder above; `null` above the project. */
function holderOf(location: string): string | null {
  const inside = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/.exec(location);
  if (inside !== null) return location.slice(0, inside.index);
  if (
    location === '' ||
    location.split('/')[0] === '..' ||
    location.startsWith('/') ||
    /^[a-z]:/i.test(location)
  )
    return null;
  return location.slice(0, Math.max(0, location.lastIndexOf('/')));
}

function nearest(nodes: ReadonlyMap<string, LockNode>, from: string | null): LockNode | null {
  let location = from;
  for (let step = 0; location !== null && step < mostFoldersUp; step += 1) {
    const node = nodes.get(location);
    if (node !== undefined) return node;
    location = holderOf(location);
  }
  return location === null ? null : (nodes.get('') ?? null);
}

/** The package that a folder gets for a name: its own node_modules first, then that of each folder above. */
export function lookUp(graph: LockGraph, from: LockNode, name: string): LockNode | null {
  if (!graph.names.has(name)) return null;
  for (let node: LockNode | null = from; node !== null; node = node.parent) {
    const child = node.children?.get(name);
    if (child !== undefined) return child;
  }
  return null;
}

/** The node that a link leads to, the node itself when it is none; `null` for a link to nowhere. */
export function follow(graph: LockGraph, node: LockNode): LockNode | null {
  const linkTo = node.entry?.linkTo ?? null;
  return linkTo === null ? node : (graph.nodes.get(linkTo) ?? null);
}

/** One edge from a package of the project to a node of the lockfile. */
export interface RootEdge {
  to: LockNode;
  way: number;
}

/**
 * Spreads the ways from the project's own packages over everything they reach. `edges` are those of the manifests. Each edge of
 * the lockfile is walked once for each new way to its beginning. What is there for development alone and may be a peer of something else stays with
 * `--omit=dev`, but not with `--omit=optional` beside it (run for real: npm 10 and 12).
 */
export function spreadWays(graph: LockGraph, edges: readonly RootEdge[]): void {
  const queue: { node: LockNode; way: number }[] = [];
  const reach = (to: LockNode, way: number): void => {
    const ways = addWay(to.ways, way);
    if (ways === to.ways) return;
    to.ways = ways;
    const target = follow(graph, to);
    if (target !== null && !graph.own.has(target.location)) {
      if (target !== to) target.ways = addWay(target.ways, way);
      queue.push({ node: target, way });
    }
  };
  for (const { to, way } of edges) reach(to, way);
  for (const location of graph.own) {
    const node = graph.nodes.get(location);
    for (const { name, kind } of node?.entry?.edges() ?? []) {
      const to = node !== undefined && kind === 'optional-peer' ? lookUp(graph, node, name) : null;
      if (to !== null) reach(to, wayWith(wayWith(0, 'prod'), 'optional'));
    }
  }
  for (let at = 0; at < queue.length; at += 1) {
    const step = queue[at];
    for (const edge of step?.node.entry?.edges() ?? []) {
      if (step === undefined) continue;
      const to = lookUp(graph, step.node, edge.name);
      if (to === null) continue;
      reach(to, wayOver(edge.kind, to, step.way));
    }
  }
}

/** The way on from a package over one of its edges. */
function wayOver(kind: LockEdge['kind'], to: LockNode, way: number): number {
  if (kind === 'optional-peer' || (kind === 'prod' && to.entry?.optional === true))
    return wayWith(way, 'optional');
  return kind === 'prod' ? way : wayWith(way, kind);
}

/** Notes on every node which packages of the lockfile ask for it; the project's own ones are not among them. */
export function noteDependents(graph: LockGraph): void {
  for (const node of graph.nodes.values()) {
    if (node.entry === null || node.entry.linkTo !== null || graph.own.has(node.location)) continue;
    for (const edge of node.entry.edges()) {
      if (edge.kind === 'optional-peer') continue;
      const to = lookUp(graph, node, edge.name);
      if (to === null) continue;
      to.dependents.add(node.entry.installName === null ? node.location : node.entry.packageName);
      if (/^https?:/i.test(edge.spec)) to.askedByUrl = true;
    }
  }
}
