import { wantedRange } from './dependency.ts';
import type { Case } from './target.ts';

/** How findings name the package of a case: name and version, or what was asked for while no version is known. */
export function packageLabel({ target: { dependency }, version }: Case): string {
  return `${dependency.name}@${dependency.locked?.version ?? version ?? wantedRange(dependency)}`;
}
