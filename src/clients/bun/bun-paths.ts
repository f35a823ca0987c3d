import { posix, win32 } from 'node:path';
import type { ClientWorld } from '../../domain/client-world.ts';

/** The path functions of the world's platform. */
export function pathsOf(world: ClientWorld): typeof posix {
  return world.platform === 'win32' ? win32 : posix;
}

/** Relative to the project's folder when the file lies below it, else as it is. */
export function shownPath(world: ClientWorld, path: string): string {
  const paths = pathsOf(world);
  const relative = paths.relative(world.projectDirectory, path);
  const below = relative !== '' && !relative.startsWith('..') && !paths.isAbsolute(relative);
  return below ? relative.replaceAll('\\', '/') : path;
}

/** A path as a variable or setting names it: `~/` is the home folder, others count from `base`. */
export function namedPath(world: ClientWorld, written: string, base: string): string {
  const paths = pathsOf(world);
  return /^~[/\\]/.test(written) ? paths.resolve(world.home, written.slice(2)) : paths.resolve(base, written);
}
