import type { Declaration } from './declaration.ts';
import { satisfies } from './lock-agreement.ts';
import { follow, type LockGraph, type LockNode } from './lock-graph.ts';
import type { Manifest } from './manifest.ts';

/**
 * When a range without `workspace:` means a package of the project: `npm` always at the root, elsewhere when the version fits; `fitting` when it fits
 * (Yarn, Bun, pnpm up to 8); `never` (pnpm 9 on, unless `linkWorkspacePackages` is set).
 */
export type Linking = 'npm' | 'fitting' | 'never';

/** The packages of the project by name; one without a name is called as its folder, with the scope folder above it (as npm). */
export function manifestsByName(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  const named = new Map<string, Manifest>();
  for (const manifest of manifests) {
    if (manifest.location === '') continue;
    const name = manifest.name ?? /(?:@[^/]+\/)?[^/]+$/.exec(manifest.location)?.[0];
    if (name !== undefined && !named.has(name)) named.set(name, manifest);
  }
  return named;
}

/**
 * What kind of local folder or file a declaration means, `null` for what is fetched. The root gets a workspace for its name whatever its range,
 * other packages when its version fits and the lockfile (`node`) holds nothing else for the name.
 */
export function localKind(
  manifest: Manifest,
  { installName, spec }: Declaration,
  node: LockNode | null,
  graph: LockGraph | null,
  named: ReadonlyMap<string, Manifest>,
  linking: Linking = 'npm',
): 'workspace' | 'file' | null {
  if (spec.from === 'workspace' || spec.from === 'file') return spec.from;
  const workspace = named.get(installName);
  if (workspace !== undefined && manifest.location === '' && linking === 'npm') return 'workspace';

  const plain = spec.from === 'registry' && spec.name === installName && spec.range !== null;
  const fetched = node !== null && node.entry !== null && node.entry.linkTo === null;
  if (!plain || fetched) return null;
  if (workspace !== undefined) return satisfies(workspace.version, spec.range) ? 'workspace' : null;
  const target = node === null || graph === null ? null : follow(graph, node);
  return target !== null && target.entry !== null && satisfies(target.entry.version, spec.range)
    ? 'file'
    : null;
}
