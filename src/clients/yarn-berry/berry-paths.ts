import type { ClientWorld } from '../../domain/client-world.ts';
import { pathsOf } from '../world-paths.ts';

/** A path as a setting names it, counted from the folder of its file. Yarn knows no `~`. */
export function resolveFrom(world: ClientWorld, folder: string, written: string): string {
  return pathsOf(world).resolve(folder, written);
}
