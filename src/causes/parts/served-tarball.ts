import type { Clues } from '../../domain/cause.ts';
import { describedIntegrity, digestsOf } from '../../domain/integrity.ts';
import { observedJson } from '../../domain/observed-json.ts';

/**
 * Whether a tarball that is not the locked one is the registry's own. `varies`: another one came on the second attempt. `not-as-described`: the metadata tells of
 * another one; `published`: of this one. `unknown` where the metadata could not be read or has no digest to compare.
 */
export function servedTarball(clues: Clues): 'varies' | 'not-as-described' | 'published' | 'unknown' {
  const { result, version } = clues.case;
  const again = clues.observation('tarball-again')?.outcome;
  if (result.kind !== 'integrity-differs' || again?.kind !== 'answered') return 'unknown';
  const served = again.status === 200 && again.body.kind === 'digest' ? again.body.digests : {};
  const [found] = digestsOf(result.found);
  if (!found || served[found.algorithm] === undefined) return 'unknown';
  if (served[found.algorithm] !== found.digest) return 'varies';
  const described = digestsOf(version === null ? null : integrityInMetadata(clues, version));
  const comparable = described.filter(({ algorithm }) => served[algorithm] !== undefined);
  if (comparable.length === 0) return 'unknown';
  return comparable.some(({ algorithm, digest }) => served[algorithm] === digest)
    ? 'published'
    : 'not-as-described';
}

function integrityInMetadata(clues: Clues, version: string): string | null {
  const metadata = observedJson(clues.observation('metadata') ?? clues.observation('locked-metadata'));
  return describedIntegrity(fieldOf(fieldOf(fieldOf(metadata, 'versions'), version), 'dist'));
}

function fieldOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return {};
  const field: unknown = (value as Record<string, unknown>)[name];
  return typeof field === 'object' && field !== null ? (field as Record<string, unknown>) : {};
}
