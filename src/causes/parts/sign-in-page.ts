import type { Clues } from '../../domain/cause.ts';
import { isKeptAtHome } from '../../domain/credential.ts';
import { answeredBy, movedTo } from '../../domain/own-answer.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { failingRequest } from './failing-request.ts';

/**
 * Whether a server of others that was sent a token answers with 203, or leads to another host: so Azure Artifacts sends to its sign-in whoever has no
 * right to come in (user reports).
 */
export function mayBeSignIn(clues: Clues): boolean {
  const request = failingRequest(clues);
  if (request?.kind !== 'metadata' || request.credential.kind !== 'token' || clues.github) return false;
  if (isKeptAtHome(request.credential, request.url) || prefixOf(request.url) !== null) return false;
  const { outcome } = request.observation;
  if (outcome.kind !== 'answered') return false;
  const leads =
    [301, 302, 303, 307, 308].includes(outcome.status) && answeredBy(request.observation) !== null;
  return outcome.status === 203 || (leads && movedTo(request.observation) === null);
}
