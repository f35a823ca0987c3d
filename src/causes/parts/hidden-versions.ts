import type { Clues } from '../../domain/cause.ts';

/**
 * Whether versions that a prefix does not list may be there all the same: above several projects GitLab lists those of the newest package's project alone, or
 * leaves out without a word what the token's user may not pull (GitLab model, section 3, step 5).
 */
export function mayHideVersions({ case: { result, target } }: Clues): boolean {
  return result.kind === 'no-version' && target.prefix !== null && target.prefix.kind !== 'project';
}

/** What tells a version that is nowhere from one that is not shown. */
export function hiddenVersionsDecidedBy({ case: { target } }: Clues): string {
  return `whether another project publishes ${target.dependency.name} too: somebody who sees all its projects looks at their package registries`;
}
