import type { IncludeKind } from '../domain/dependency.ts';
import { type Catalogs, rangeOfCatalog } from './catalogs.ts';
import type { Declaration } from './declaration.ts';
import { type DependencySpec, parseDependencySpec } from './dependency-spec.ts';
import type { Manifest } from './manifest.ts';

/** The declarations as a client takes them: ranges of catalogues resolved, without names and kinds that bring nothing. */
export function adaptDeclarations(
  manifest: Manifest,
  {
    catalogs,
    removed,
    ...installs
  }: {
    catalogs: Catalogs;
    removed: ReadonlySet<string>;
    taken: (declaration: Declaration) => Declaration;
    kindsOf: (declaration: Declaration, isOptionalPeer: boolean) => readonly IncludeKind[];
    specOf: (declaration: Declaration) => DependencySpec;
  },
): ReadonlyMap<string, Declaration> {
  const adapted = new Map<string, Declaration>();
  for (const [name, found] of manifest.declarations) {
    if (removed.has(name)) continue;
    const declaration = installs.taken(found);
    const kinds = installs.kindsOf(declaration, manifest.optionalPeers.has(name));
    if (kinds.length === 0) continue;
    const range = rangeOfCatalog(catalogs, name, declaration.written);
    const reading = range === null ? null : parseDependencySpec(name, range, manifest.directory);
    const spec = reading?.kind === 'spec' ? reading.spec : installs.specOf(declaration);
    adapted.set(name, { ...declaration, kinds, spec });
  }
  return adapted;
}
