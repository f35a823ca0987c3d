/** A folder of packages: `key` is the entry that stands there, `null` where the lockfile only has some below it. */
export interface TreeNode {
  key: string | null;
  parent: TreeNode | null;
  children: Map<string, TreeNode> | null;
}

/** The keys of bun.lock as folders in folders. */
export interface PackageTree {
  root: TreeNode;
  nodes: ReadonlyMap<string, TreeNode>;
  /** Every name that something is installed under. */
  names: ReadonlySet<string>;
}

/** Folders that are looked at upwards until the project's own is taken; bounds hostile keys. */
const mostFoldersUp = 64;

/** Joins keys (`@acme/ui/left`: what `@acme/ui` gets for `left`) to a tree. Linear in their text. */
export function bunPackageTree(keys: Iterable<string>): PackageTree {
  const nodes = new Map<string, TreeNode>();
  const names = new Set<string>();
  const tree: PackageTree = { root: { key: null, parent: null, children: null }, nodes, names };
  for (const key of keys) {
    let node = tree.root;
    const path = namesOf(key);
    for (const name of path) node = childOf(node, name);
    node.key = key;
    nodes.set(key, node);
    const last = path.at(-1);
    if (last !== undefined) names.add(last);
  }
  return tree;
}

function childOf(parent: TreeNode, name: string): TreeNode {
  parent.children ??= new Map();
  const known = parent.children.get(name);
  if (known !== undefined) return known;
  const node: TreeNode = { key: null, parent, children: null };
  parent.children.set(name, node);
  return node;
}

/** A key's package names: a scope and its slash belong to the name. */
function namesOf(key: string): string[] {
  return key.match(/@[^/]*\/[^/]*|[^/]+/g) ?? [];
}

/** The folder of a workspace by its package name, whether or not it has packages of its own. */
export function folderNode(tree: PackageTree, name: string): TreeNode | null {
  return tree.root.children?.get(name) ?? null;
}

/** What a package gets for a name: below itself first, then below each folder above. `null` when nothing has that name. */
export function findInTree(tree: PackageTree, from: TreeNode, name: string): TreeNode | null {
  if (!tree.names.has(name)) return null;
  let node: TreeNode | null = from;
  for (let step = 0; node !== null && step < mostFoldersUp; step += 1) {
    const child = node.children?.get(name);
    if (child !== undefined && child.key !== null) return child;
    node = node.parent;
  }
  const atRoot = tree.root.children?.get(name);
  return atRoot !== undefined && atRoot.key !== null ? atRoot : null;
}
