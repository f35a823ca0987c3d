import type { Clues } from '../../domain/cause.ts';
import { statusOf } from '../../domain/probe.ts';
import { type FailingRequest, failingRequest, isRefusal } from './failing-request.ts';

/** The refused request of a case that the server answers whoever sends no credential; `null` where it does not, or nobody asked. */
export function openToAnyone(clues: Clues): FailingRequest | null {
  const request = failingRequest(clues);
  if (request?.credential.kind !== 'token' || !isRefusal(request.observation)) return null;
  return statusOf(clues.observation('without-credential')?.outcome) === 200 ? request : null;
}
