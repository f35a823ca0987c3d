import type { RunFacts } from '../../domain/cause.ts';
import { parsedUrl } from '../../domain/registry-key.ts';

const scopedKey = /^(?:npmScopes|install\.scopes)(?:\.@?([^".[\]]+)|\["@?([^"]+)"\])\.\w+$/;

/**
 * The URL that a credential key is for, as far as the key or the registry of its scope tells; `null` where that is the client's default, the public npm
 * registry. A key has no scheme: it is taken to be that of the job's own server where the host is its.
 */
export function urlOfKey({ client, environment: { apiUrl } }: RunFacts, key: string): string | null {
  const place = /(https?:)?(\/\/(?:\[[^\]]*\]|[^/:\s"'\]]+)(?::\d+)?)((?:\/[^:\s"'\]]*)?)/i.exec(
    key.replace(/^\/\/(?=https?:\/\/)/i, ''),
  );
  if (place) {
    const [, scheme, host = '', path = ''] = place;
    const own = apiUrl === null ? null : parsedUrl(apiUrl);
    const usual = own && parsedUrl(`${own.protocol}${host}/`)?.host === own.host ? own.protocol : 'https:';
    return parsedUrl(`${scheme ?? usual}${host}${path || '/'}`)?.href ?? null;
  }
  const scope = scopeOfKey(key);
  return client.registryFor(scope === null ? 'a' : `${scope}/a`).url;
}

/** The scope that a credential is keyed by (`npmScopes.acme.npmAuthToken`, `@acme:_authToken`); `null` for any other key. */
export function scopeOfKey(key: string): string | null {
  const [, plain, quoted] = scopedKey.exec(key) ?? [];
  const name = plain ?? quoted ?? /(?:^|:)@([^:/]+):/.exec(key)?.[1];
  return name === undefined ? null : `@${name}`;
}

/** What a key holds: a bearer token, a part of a user with password, or no credential at all (`null`: a registry). */
export function fieldOfKey(key: string): 'token' | 'login' | null {
  const field = key.slice(Math.max(key.lastIndexOf(':'), key.lastIndexOf('.')) + 1);
  if (/^(?:_authToken|npmAuthToken|token)$/i.test(field)) return 'token';
  return /^(?:_auth|_password|npmAuthIdent|username|password)$/i.test(field) ? 'login' : null;
}
