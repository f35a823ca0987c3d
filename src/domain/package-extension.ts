import { satisfies } from 'semver';
import type { Source } from './source.ts';

/** What a project adds to the manifests of packages (`packageExtensions`). Where a manifest asks for a name itself, that counts. */
export interface PackageExtension {
  name: string;
  /** The versions of that package, `*` for all. */
  range: string;
  dependencies: Readonly<Record<string, string>>;
  optionalDependencies: Readonly<Record<string, string>>;
  /** Without those that may be left out. */
  peerDependencies: Readonly<Record<string, string>>;
  source: Source;
}

/** Those of a package's version; without a version, those of all its versions. */
export function extensionsOf(
  extensions: readonly PackageExtension[],
  name: string | null,
  version: string | null,
): readonly PackageExtension[] {
  return extensions.filter(
    (one) =>
      one.name === name &&
      (one.range === '*' || satisfies(version ?? '', one.range, { loose: true, includePrerelease: true })),
  );
}
