import type { AccessAnswer, AccessRequest, AccessState } from '../domain/access-state.ts';
import { nameProjects } from '../providers/gitlab/access-messages.ts';
import { judge } from '../providers/gitlab/access-rules.ts';
import { accessStateOf, type Subject } from './access-state-of.ts';
import { type Accepts, type Caller, type Credentials, callerOf } from './presented-token.ts';
import { type Reply, refusal } from './reply.ts';
import type { Store } from './store.ts';

/** One request with everything its handler may look at. URLs are without a final slash. */
export interface Exchange extends Credentials {
  method: string;
  /** Path below the relative root, still percent-encoded. */
  path: string;
  body: Buffer;
  store: Store;
  /** Where GitLab says it lives, relative root included. */
  externalUrl: string;
  publicRegistry: string;
  /** Origin of the object storage, `null` when tarballs are served directly. */
  objectStorage: string | null;
}

export const npmRoutes: Accepts = { job: true, deploy: true, basic: false };
export const apiRoutes: Accepts = { job: true, deploy: false, basic: false };
export const noJobTokens: Accepts = { job: false, deploy: false, basic: false };
export const gitRoutes: Accepts = { job: false, deploy: true, basic: true };

/** Whom the exchange speaks for on a route. */
export function callerIn(exchange: Exchange, accepts: Accepts): Caller {
  return callerOf(exchange.store.model, exchange, accepts);
}

/** The state and decision for one subject. */
export function decide(
  exchange: Exchange,
  caller: Caller,
  subject: Subject,
  request: AccessRequest,
): { state: AccessState; answer: AccessAnswer } {
  const state = accessStateOf(exchange.store.model, caller, subject);
  return { state, answer: judge(state, request) };
}

/** The reply for a refusing answer, with the names of the caller's project and of the target in it. */
export function refuse(answer: AccessAnswer, caller: Caller, target: string, style: 'npm' | 'api'): Reply {
  return refusal(answer, namedMessage(answer, caller, target), style);
}

/** A refusal's literal text with the real names. */
export function namedMessage(answer: AccessAnswer, caller: Caller, target: string): string {
  const consumer = caller.kind === 'token' && caller.token.kind === 'job' ? caller.token.project : '';
  return nameProjects(answer.message ?? '', consumer, target);
}

/** A path segment decoded; `null` when it is no valid encoding. */
export function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** The body as parameters: JSON or form fields, beside those of the query. Empty when it can't be read. */
export function parametersOf(exchange: Exchange): Map<string, unknown> {
  const text = exchange.body.toString('utf8');
  const fields: [string, unknown][] = [...exchange.query];
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) fields.push(...Object.entries(parsed));
  } catch {
    fields.push(...new URLSearchParams(text));
  }
  return new Map(fields);
}
