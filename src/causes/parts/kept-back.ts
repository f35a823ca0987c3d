import type { Clues } from '../../domain/cause.ts';
import { emptyKey } from './empty-key.ts';
import { ignoredFile } from './ignored-file.ts';
import { refusedReference } from './refused-reference.ts';

/** Whether the key that a request lacks is there, and something keeps the client from sending it: an empty value, its place, or the reference in it. */
export function isKeptBack(clues: Clues): boolean {
  return [emptyKey, ignoredFile, refusedReference].some((find) => find(clues) !== null);
}
