import type { Clues } from '../../domain/cause.ts';
import { prefixUrl } from '../../domain/prefix.ts';
import { serverMessage } from '../../domain/probe.ts';
import { failingRequest } from './failing-request.ts';

/**
 * The group of the configured prefix where GitLab says that there is none, as it says of one that the token does not see (GitLab model,
 * section 3); `null` otherwise.
 */
export function hiddenGroup(clues: Clues): { group: string; exists: boolean } | null {
  const { prefix } = clues.case.target;
  const request = failingRequest(clues);
  if (prefix?.kind !== 'group' || request?.kind !== 'metadata') return null;
  // without a token GitLab asks for one first: what the job's own is told counts then
  const withToken = clues.observation('metadata-with-token');
  if (!saysNoGroup(request.observation) && !(withToken && saysNoGroup(withToken))) return null;
  const toldJob = clues.observation(`other-prefixes:${prefixUrl(prefix)}`);
  return { group: prefix.group, exists: toldJob?.outcome.kind === 'answered' && isOfGroup(toldJob) };
}

type Seen = NonNullable<ReturnType<Clues['observation']>>;

function saysNoGroup({ outcome }: Seen): boolean {
  return /group not found/i.test(serverMessage(outcome) ?? '');
}

/** An answer about the package, or where to look for it, that only somebody gets who sees the group. */
function isOfGroup(observation: Seen): boolean {
  const { outcome } = observation;
  if (outcome.kind !== 'answered' || saysNoGroup(observation)) return false;
  return (
    [200, 302, 403].includes(outcome.status) ||
    /not found/i.test(serverMessage(outcome) ?? '') ||
    outcome.hops.length > 0
  );
}
