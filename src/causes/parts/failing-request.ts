import type { Clues } from '../../domain/cause.ts';
import type { Credential } from '../../domain/credential.ts';
import { type Observation, statusOf } from '../../domain/probe.ts';

/** The request at which the install of a case ends. */
export interface FailingRequest {
  kind: 'metadata' | 'tarball';
  url: string;
  credential: Credential;
  observation: Observation;
  /** The same request with the job's own token, where that was asked. */
  withToken: Observation | null;
}

/** The client's own request that failed; `null` when the client ended before it asked. */
export function failingRequest({ case: { target, result }, observation }: Clues): FailingRequest | null {
  const kind =
    result.kind === 'metadata-failed' ? 'metadata' : result.kind === 'tarball-failed' ? 'tarball' : null;
  const asked = kind && target[kind];
  const seen = kind && observation(kind);
  if (!kind || !asked || !seen) return null;
  return { kind, ...asked, observation: seen, withToken: observation(`${kind}-with-token`) };
}

/** Whether the server refused or hid what was asked: 401, 403 or 404. */
export function isRefusal(observation: Observation | null): boolean {
  const status = statusOf(observation?.outcome);
  return status === 401 || status === 403 || status === 404;
}

/** Whether the same request is answered when the job's token is sent. */
export function tokenOpensIt(request: FailingRequest): boolean {
  return statusOf(request.withToken?.outcome) === 200;
}
