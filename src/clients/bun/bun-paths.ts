import type { ClientWorld } from '../../domain/client-world.ts';
import { pathsOf } from '../world-paths.ts';

/** A path as a variable or setting names it: `~/` is the home folder, others count from `base`. */
export function namedPath(world: ClientWorld, written: string, base: string): string {
  const paths = pathsOf(world);
  return /^~[/\\]/.test(written) ? paths.resolve(world.home, written.slice(2)) : paths.resolve(base, written);
}
