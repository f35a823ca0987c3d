import type { Clues } from '../../domain/cause.ts';
import { observedJson } from '../../domain/observed-json.ts';
import { statusOf } from '../../domain/probe.ts';
import { failingRequest } from './failing-request.ts';

/**
 * Whether the lockfile has no address for the tarball, and the one that the client makes up from registry, name and version is none of its
 * server's: GitLab serves tarballs at the prefix of their project alone, GitHub below /download/ (measured: clients.md, with a lockfile; user reports).
 */
export function isMadeUp(clues: Clues): boolean {
  const { dependency, prefix, metadata } = clues.case.target;
  const request = failingRequest(clues);
  if (request?.kind !== 'tarball' || metadata !== null) return false;
  if (dependency.from !== 'registry' || !dependency.locked || dependency.locked.tarball !== null)
    return false;
  if (statusOf(request.observation.outcome) !== 404) return false;
  if (clues.github) return isListed(clues, dependency.locked.version);
  return prefix?.kind === 'instance' || prefix?.kind === 'group';
}

/** Whether GitHub's metadata has the version that was locked. */
function isListed({ observation }: Clues, version: string): boolean {
  const answer = observedJson(observation('locked-metadata'));
  const versions =
    typeof answer === 'object' && answer !== null && 'versions' in answer ? answer.versions : null;
  return typeof versions === 'object' && versions !== null && Object.hasOwn(versions, version);
}
