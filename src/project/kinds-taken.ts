import type { ClientName } from '../domain/client.ts';
import type { IncludeKind } from '../domain/dependency.ts';
import { isAtLeast } from '../domain/plain-version.ts';

/**
 * Of the maps of a manifest that a name stands in those by which a client fetches it, in their order. npm from 7 on goes by the last of them, development; for
 * pnpm a peer that stands in another map too is that; for Bun all count (run for real without development: npm 10 and 12, pnpm 9 to 12, Bun 1.4.5).
 * `asPeer`: whether it would be fetched as a mere peer.
 */
export function kindsTaken(
  { name, version }: { name: ClientName; version: string },
  kinds: readonly IncludeKind[],
  { asPeer }: { asPeer: boolean },
): readonly IncludeKind[] {
  if (name === 'npm' && isAtLeast(version, '7.0.0') && kinds.includes('dev')) return ['dev'];
  const others = kinds.filter((kind) => kind !== 'peer');
  return asPeer && (others.length === 0 || name === 'bun') ? kinds : others;
}
