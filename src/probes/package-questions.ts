import type { Authorization } from '../domain/credential.ts';
import type { Question } from '../domain/probe.ts';

const metadataLimit = 64 * 1024 * 1024;
const tarballLimit = 32 * 1024 * 1024;
const headLimit = 64 * 1024;

const accepted = {
  abbreviated: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*',
  full: 'application/json',
};

/**
 * The question for a package's metadata. Clients ask for the abbreviated form, and for the full one where they need the times of publishing;
 * GitLab answers the same document for both.
 */
export function metadataQuestion(
  probe: string,
  url: string,
  authorization: Authorization,
  form: 'abbreviated' | 'full' = 'abbreviated',
): Question {
  return {
    probe,
    url,
    authorization,
    accept: accepted[form],
    read: { kind: 'text', limit: metadataLimit },
    redirects: 'same-origin',
  };
}

/**
 * The question for a tarball. The body is hashed by the algorithms of `integrity` (Subresource Integrity, `null` for none) and
 * dropped, so a pass means that the bytes of the lockfile (without one: of the metadata) are there; without integrity they are unpacked, as an install does. Past
 * 32 MiB the rest is not read. `also`: algorithms by which it is hashed for other comparisons.
 */
export function tarballQuestion(
  probe: string,
  url: string,
  authorization: Authorization,
  integrity: string | null,
  also: readonly string[] = [],
): Question {
  const compared = (integrity ?? '').split(/\s+/).flatMap((part) => {
    const match = /^(sha1|sha256|sha384|sha512)-/.exec(part);
    return match?.[1] ? [match[1]] : [];
  });
  return {
    probe,
    url,
    authorization,
    accept: '*/*',
    read: {
      kind: 'digest',
      algorithms: [...new Set([...compared, ...also])],
      limit: tarballLimit,
      ...(compared.length > 0 ? {} : { unpack: true }),
    },
    redirects: 'all',
  };
}

/** The question whether a tarball is given out: its first 64 KiB show it, whatever becomes of the rest. */
export function tarballStartQuestion(probe: string, url: string, authorization: Authorization): Question {
  const read = { kind: 'digest', algorithms: [], limit: headLimit } as const;
  return { probe, url, authorization, accept: '*/*', read, redirects: 'all' };
}

/** A question for a small JSON or text answer of GitLab's API. */
export function apiQuestion(probe: string, url: string, authorization: Authorization): Question {
  return {
    probe,
    url,
    authorization,
    accept: 'application/json, */*;q=0.5',
    read: { kind: 'text', limit: 256 * 1024 },
    redirects: 'same-origin',
  };
}
