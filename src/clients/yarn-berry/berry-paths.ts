import { posix, win32 } from 'node:path';
import type { ClientWorld } from '../../domain/client-world.ts';

/** The path functions of the world's platform. */
export function pathsOf(world: ClientWorld): typeof posix {
  return world.platform === 'win32' ? win32 : posix;
}

/** A path as a setting names it, counted from the folder of its file. Yarn knows no `~`. */
export function resolveFrom(world: ClientWorld, folder: string, written: string): string {
  return pathsOf(world).resolve(folder, written);
}

/** Whether a path lies in a folder, at any depth. */
export function isBelow(world: ClientWorld, path: string, folder: string): boolean {
  const paths = pathsOf(world);
  const relative = paths.relative(folder, path);
  return relative !== '' && !relative.startsWith('..') && !paths.isAbsolute(relative);
}

/** A path as sources name it: relative to the project's folder when the file lies below it, else as it is. */
export function shownPath(world: ClientWorld, path: string): string {
  return isBelow(world, path, world.projectDirectory)
    ? pathsOf(world).relative(world.projectDirectory, path).replaceAll('\\', '/')
    : path;
}
