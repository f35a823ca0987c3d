import type { PackageExtension } from '../domain/package-extension.ts';
import { isRecord } from '../domain/record.ts';
import type { Source } from '../domain/source.ts';

/**
 * The entries of a `packageExtensions` by `name` or `name@range`. What is no mapping of texts is passed over: the client judges it for itself. `sourceOf` tells
 * where an entry stands. Rules run for real: pnpm 9 to 12, Yarn 3 and 4.
 */
export function readPackageExtensions(value: unknown, sourceOf: (key: string) => Source): PackageExtension[] {
  return Object.entries(isRecord(value) ? value : {}).flatMap(([key, extension]): PackageExtension[] => {
    if (!isRecord(extension)) return [];
    const at = key.indexOf('@', 1);
    const meta = isRecord(extension.peerDependenciesMeta) ? extension.peerDependenciesMeta : {};
    return [
      {
        name: at < 0 ? key : key.slice(0, at),
        range: at < 0 ? '*' : key.slice(at + 1),
        dependencies: textsOf(extension.dependencies),
        optionalDependencies: textsOf(extension.optionalDependencies),
        peerDependencies: textsOf(extension.peerDependencies, (name) => !isOptional(meta, name)),
        source: sourceOf(key),
      },
    ];
  });
}

function textsOf(value: unknown, takes: (name: string) => boolean = () => true): Record<string, string> {
  return Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && takes(entry[0]),
    ),
  );
}

/** YAML is read without types: its switches are texts. */
function isOptional(meta: Record<string, unknown>, name: string): boolean {
  const about = Object.hasOwn(meta, name) ? meta[name] : null;
  return isRecord(about) && (about.optional === true || about.optional === 'true');
}
