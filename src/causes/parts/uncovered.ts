import type { Clues } from '../../domain/cause.ts';
import type { KeyNearMiss } from '../../domain/credential.ts';
import { statusOf } from '../../domain/probe.ts';
import {
  type FailingRequest,
  failingRequest,
  isForwarded,
  isRefusal,
  tokenOpensIt,
} from './failing-request.ts';

/** A request that failed without a credential, and whether that is proven to be why. */
export interface Uncovered {
  request: FailingRequest;
  /** The key that somebody probably meant for it; `null` when there is none of that kind. */
  mistyped: KeyNearMiss | null;
  /** `proven`: the job's token opens it. `refused`: the token is refused too, so access is missing beside the key. `untested`: it could not be tried. */
  token: 'proven' | 'refused' | 'untested';
}

/** The failing request of a case when no key covered it. Forwarded metadata is no matter of keys. */
export function uncoveredRequest(clues: Clues): Uncovered | null {
  const request = failingRequest(clues);
  if (
    request?.credential.kind !== 'none' ||
    isForwarded(request.observation) ||
    !isRefusal(request.observation)
  )
    return null;
  const nearest = request.credential.nearest[0] ?? null;
  return {
    request,
    mistyped: nearest && nearest.differs !== 'prefix' ? nearest : null,
    token: tokenOpensIt(request)
      ? 'proven'
      : statusOf(request.withToken?.outcome) === null
        ? 'untested'
        : 'refused',
  };
}
