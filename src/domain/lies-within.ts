import native, { type PlatformPath } from 'node:path';

/**
 * Whether an absolute path lies in a folder, or is it, as both are written: no link is followed. `paths` are those of the platform whose paths they are; left
 * out, of the one that runs this.
 */
export function liesWithin(
  path: string,
  folder: string,
  paths: Pick<PlatformPath, 'relative' | 'isAbsolute' | 'sep'> = native,
): boolean {
  const way = paths.relative(folder, path);
  return way.split(paths.sep)[0] !== '..' && !paths.isAbsolute(way);
}
