import { isAbsolute, relative, sep } from 'node:path';

/** Whether an absolute path lies in a folder, or is it, as both are written: no link is followed. */
export function liesWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
