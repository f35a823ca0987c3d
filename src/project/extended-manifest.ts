import { extensionsOf, type PackageExtension } from '../domain/package-extension.ts';
import { parseDependencySpec } from './dependency-spec.ts';
import type { Manifest } from './manifest.ts';

/** A manifest with what extensions add to it: the project's own packages are extended too (run for real: pnpm 10 to 12, Yarn 3 and 4). */
export function withExtensions(manifest: Manifest, extensions: readonly PackageExtension[]): Manifest {
  const found = extensionsOf(extensions, manifest.name, manifest.version ?? '0.0.0');
  if (found.length === 0) return manifest;
  const declarations = new Map(manifest.declarations);
  for (const { source, ...maps } of found) {
    for (const [field, kind] of extendable) {
      for (const [name, written] of Object.entries(maps[field])) {
        const reading = parseDependencySpec(name, written, manifest.directory);
        if (declarations.has(name) || reading.kind === 'invalid') continue;
        declarations.set(name, { installName: name, kinds: [kind], spec: reading.spec, written, source });
      }
    }
  }
  return { ...manifest, declarations };
}

const extendable = [
  ['dependencies', 'prod'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
] as const;
