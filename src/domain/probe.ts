import { bodyJson } from './body-json.ts';
import type { Authorization } from './credential.ts';

/**
 * One HTTP question as data. Asked with GET. `probe` names the kind of question (the slug of a file below `probes/`).
 * `read` says what becomes of the body: text up to a limit, or a digest of it that keeps no byte.
 * `redirects: 'same-origin'` stops at the first redirect to another origin and reports it; `'all'` follows it without the credential.
 */
export interface Question {
  probe: string;
  url: string;
  authorization: Authorization;
  accept: string;
  read:
    | { kind: 'text'; limit: number }
    | {
        kind: 'digest';
        algorithms: readonly string[];
        limit: number;
        /** Set where the bytes have to be a whole package although no digest tells: they are unpacked, and dropped. */
        unpack?: true;
      };
  redirects: 'same-origin' | 'all';
}

/** One redirect seen on the way. `to` is without user information and query. */
export interface Hop {
  status: number;
  to: string;
  followed: boolean;
}

/**
 * The end of an answer's body. `complete` is false when the limit was reached before the end.
 * Digests are base64 by algorithm name (`sha512`), as in Subresource Integrity.
 */
export type AnswerBody =
  | { kind: 'text'; text: string; complete: boolean }
  | {
      kind: 'digest';
      bytes: number;
      complete: boolean;
      gzip: boolean;
      /** Set where it is a tar archive that is not packed, to its end. */
      tar?: true;
      excerpt: string;
      digests: Readonly<Record<string, string>>;
      /** Set where the bytes were unpacked and are no whole package: how that showed. */
      damage?: string;
    };

/**
 * Why a server could not be asked, by the stage that failed. `code` is the system's or library's own code. `handshake`: TLS did not come about, before any
 * certificate was judged; `tls`: the certificate is not trusted, or what it is judged by can't be used.
 */
export type UnreachableStage =
  | 'dns'
  | 'connect'
  | 'handshake'
  | 'tls'
  | 'proxy'
  | 'timeout'
  | 'reset'
  | 'body'
  | 'redirects'
  | 'protocol';

/** What came of a question. Header names are lower-case; URLs carry no user information and no query. */
export type Outcome =
  | {
      kind: 'answered';
      status: number;
      url: string;
      hops: readonly Hop[];
      headers: Readonly<Record<string, string>>;
      body: AnswerBody;
      attempts: number;
    }
  | {
      kind: 'unreachable';
      stage: UnreachableStage;
      code: string;
      message: string;
      attempts: number;
      /** Set where it was not the question's own server: the URL that a redirect led to, without user information and query. */
      at?: string;
      /** Set where a proxy stood in between: its host. */
      proxy?: string;
      /** Set where something answered that can't be the server: its status and words. */
      instead?: string;
    }
  | { kind: 'skipped'; why: string };

/** A question with what came of it. */
export interface Observation {
  question: Question;
  outcome: Outcome;
}

/** GitLab's and npm registries' own words in an error body: the JSON `message` or `error`, `null` when there are none. */
export function serverMessage(outcome: Outcome): string | null {
  if (outcome.kind !== 'answered') return null;
  const parsed = bodyJson(outcome.body);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { message, error } = parsed as { message?: unknown; error?: unknown };
  if (typeof message === 'string') return message;
  return typeof error === 'string' ? error : null;
}

/** Whether a status says that the body is what was asked for. Clients take each of them for that (run for real: 200 to 208 and 226); a 204 has no body. */
export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300 && status !== 204;
}

/** The status of an answer, `null` when there was none. */
export function statusOf(outcome: Outcome | undefined | null): number | null {
  return outcome?.kind === 'answered' ? outcome.status : null;
}
