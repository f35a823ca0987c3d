import { type PlatformPath, posix, win32 } from 'node:path';
import type { ClientWorld } from '../domain/client-world.ts';
import { liesWithin } from '../domain/lies-within.ts';

/** The path functions of a world's platform. */
export function pathsOf({ platform }: Pick<ClientWorld, 'platform'>): PlatformPath {
  return platform === 'win32' ? win32 : posix;
}

/** Whether a path lies in a folder, at any depth, and is not the folder itself. */
export function isBelow(world: ClientWorld, path: string, folder: string): boolean {
  const paths = pathsOf(world);
  return paths.relative(folder, path) !== '' && liesWithin(path, folder, paths);
}

/** The project's folder and those above it, nearest first, the root of the file system last. */
export function foldersUpward(world: ClientWorld): readonly string[] {
  const paths = pathsOf(world);
  const folder = paths.normalize(world.projectDirectory);
  const parents = [folder];
  for (let above = paths.dirname(folder); above !== parents.at(-1); above = paths.dirname(above))
    parents.push(above);
  return parents;
}

/** A path as sources name it: relative to the project's folder when the file lies below it, else as it is. */
export function shownPath(world: ClientWorld, path: string): string {
  const { projectDirectory } = world;
  return isBelow(world, path, projectDirectory)
    ? pathsOf(world).relative(projectDirectory, path).replaceAll('\\', '/')
    : path;
}
