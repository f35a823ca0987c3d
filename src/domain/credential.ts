import { sameOrigin } from './registry-key.ts';
import type { Secret } from './secret.ts';
import type { Source } from './source.ts';

/**
 * What a client would send with one request.
 * - `token`: a key matched and its value is known. `key` is the key as the client looks it up (`//host/path/:_authToken`);
 *   `variable` names the environment variable the value was read from, `null` for a literal.
 * - `unresolved`: a key matched, but its `${VARIABLE}` has no value. `sends` is the text the client puts behind `Bearer `
 *   all the same (the literal reference, or an empty text), `null` when it sends no header.
 * - `none`: no key matches the URL. `nearest` lists keys that look meant for it, closest first; `withheld`: no key ever would, as the client asks a URL
 *   of a manifest without any.
 */
export type Credential =
  | {
      kind: 'token';
      scheme: 'Bearer' | 'Basic';
      secret: Secret;
      key: string;
      source: Source;
      variable: string | null;
      /**
       * URL of the registry that the credential was written for, where the client would send it to any other host too: the check never does.
       * Left out: the client itself sends it nowhere else.
       */
      home?: string;
    }
  | {
      kind: 'unresolved';
      variable: string;
      key: string;
      source: Source;
      sends: string | null;
      /** The client never replaces a reference there, whatever value the variable has. Left out: it would. */
      isKept?: true;
    }
  | { kind: 'none'; nearest: readonly KeyNearMiss[]; withheld?: true };

/** A credential key that does not match a URL although somebody probably meant it to. */
export interface KeyNearMiss {
  key: string;
  source: Source;
  differs: 'host' | 'port' | 'relative-root' | 'final-slash' | 'case' | 'prefix' | 'parent-path' | 'scheme';
}

/** What goes into a request's credential header. `text` is not secret: an unexpanded reference that a client would send. */
export type Authorization =
  | { kind: 'none' }
  | { kind: 'bearer'; secret: Secret }
  | { kind: 'encoded-basic'; secret: Secret }
  | { kind: 'job-token-header'; secret: Secret }
  | { kind: 'private-token-header'; secret: Secret }
  | { kind: 'basic'; user: string; secret: Secret }
  | { kind: 'text'; text: string };

/** Whether the client sends a token as such, and neither nothing nor a user and password. */
export function sendsBearer(credential: Credential): boolean {
  return credential.kind === 'token' && credential.scheme === 'Bearer';
}

/** Whether the client would send a credential to a URL, and the check does not, as it was written for another origin. */
export function isKeptAtHome(credential: Credential, url: string): boolean {
  return credential.kind === 'token' && credential.home !== undefined && !sameOrigin(credential.home, url);
}

/** The header a client would send to a URL for a credential; none where the credential belongs to another origin. */
export function authorizationOf(credential: Credential, url: string): Authorization {
  switch (credential.kind) {
    case 'token':
      if (isKeptAtHome(credential, url)) return { kind: 'none' };
      return credential.scheme === 'Bearer'
        ? { kind: 'bearer', secret: credential.secret }
        : { kind: 'encoded-basic', secret: credential.secret };
    case 'unresolved':
      return credential.sends === null ? { kind: 'none' } : { kind: 'text', text: credential.sends };
    case 'none':
      return { kind: 'none' };
  }
}
