import { printable } from '../domain/redaction.ts';
import { shortened } from '../domain/shortened.ts';
import { shownReference, shownUrl } from './shown-url.ts';

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends the client. `samePlace`: the credential may go along. `to` is fit for printing. */
export type Redirect =
  | { kind: 'none' }
  | { kind: 'to'; url: URL; to: string; samePlace: boolean }
  | { kind: 'unusable'; code: string; why: string };

/** Reads status and `location` of an answer to `from`. A redirect without a location is an ordinary answer. */
export function redirectOf(status: number, location: string | undefined, from: URL): Redirect {
  if (!redirectStatuses.has(status) || location === undefined || location === '') return { kind: 'none' };
  let url: URL;
  try {
    url = new URL(location, from);
  } catch {
    const to = shortened(printable(shownReference(location)), 300);
    return { kind: 'unusable', code: 'REDIRECT_INVALID', why: `redirected to ${to}, which is no URL` };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { kind: 'unusable', code: 'REDIRECT_SCHEME', why: `redirected to a ${url.protocol} URL` };
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return { kind: 'to', url, to: shownUrl(url), samePlace: isSamePlace(from, url) };
}

/**
 * True for one origin, and for the upgrade from http to https of one host on the default ports: the only change of origin
 * through which every client keeps the credential (another port of the same name: npm and Yarn 1 keep it, pnpm, Yarn 2+ and
 * Bun drop it; measured: clients.md section 8).
 */
function isSamePlace(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return from.protocol === 'http:' && to.protocol === 'https:' && from.host === to.host && to.port === '';
}
