import { parsedUrl } from '../../domain/registry-key.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import {
  type HeldCredential,
  tokenOf,
  type UnresolvedCredential,
  unresolvedOf,
  withoutValue,
} from '../npmrc/entry-credential.ts';

/** What stands under one key prefix (`//host/path/`), as far as npm looks. */
interface KeyFields {
  token: ConfigEntry | undefined;
  basic: ConfigEntry | undefined;
  username: ConfigEntry | undefined;
  password: ConfigEntry | undefined;
  certificates: boolean;
}

type Lookup = (key: string) => ConfigEntry | undefined;

/** Where a climb looks: the entry of a key, and the parts before the last colon of all keys that have one. */
export interface KeyedEntries {
  lookup: Lookup;
  prefixes: ReadonlySet<string>;
}

/**
 * The end of a look-up: a credential, a key that ends the search without one, or nothing; `empty` is the first key on the way
 * whose reference has no value, which npm treats as absent (measured: u07).
 */
export interface Found {
  credential: HeldCredential | null;
  ended: boolean;
  empty: UnresolvedCredential | null;
}

export const nothingFound: Found = { credential: null, ended: false, empty: null };

/**
 * npm 7+: from the URL's whole path up to its host, with and without the slash, the first prefix that has a credential
 * (measured: k01-k13, k42; npm-registry-fetch).
 */
export function climb(url: string, { lookup, prefixes }: KeyedEntries, certificatesEnd: boolean): Found {
  const parsed = parsedUrl(url);
  if (parsed === null) return nothingFound;
  const { host, pathname } = parsed;
  let empty: Found['empty'] = null;
  for (let prefix = `//${host}${pathname}`; prefix.length > 2; prefix = shorter(prefix)) {
    if (!prefixes.has(prefix)) continue;
    const found = credentialAt(fieldsAt(prefix, lookup), certificatesEnd);
    if (found.credential || found.ended) return { ...found, empty: empty ?? found.empty };
    empty ??= found.empty;
  }
  return { ...nothingFound, empty };
}

function shorter(prefix: string): string {
  if (prefix.endsWith('/')) return prefix.slice(0, -1);
  return prefix.slice(0, prefix.lastIndexOf('/') + 1);
}

function fieldsAt(prefix: string, lookup: Lookup): KeyFields {
  return {
    token: lookup(`${prefix}:_authToken`),
    basic: lookup(`${prefix}:_auth`),
    username: lookup(`${prefix}:username`),
    password: lookup(`${prefix}:_password`),
    certificates: Boolean(lookup(`${prefix}:certfile`)?.value && lookup(`${prefix}:keyfile`)?.value),
  };
}

function credentialAt(fields: KeyFields, certificatesEnd: boolean): Found {
  const { token, basic, username, password } = fields;
  if (token?.value) return found(bearer(token));
  if (basic?.value) return found(encoded(basic));
  if (username?.value && password?.value) return found(pair(username, password));
  const empty =
    [token, basic, password].map((entry) => entry && withoutValue(entry)).find((candidate) => candidate) ??
    null;
  return { credential: null, ended: certificatesEnd && fields.certificates, empty };
}

function found(credential: HeldCredential): Found {
  return { credential, ended: true, empty: null };
}

/** A token entry as the credential npm sends for it. `$NAME` and `%NAME%`, and `${NAME}` in a list, which npm sends as they are, count as unresolved (measured: q11). */
export function bearer(entry: ConfigEntry): HeldCredential {
  const unexpanded = /^\$([A-Z_][A-Z0-9_]*)$|^%([A-Z_][A-Z0-9_]*)%$|^\$\{(\w+)\}$/.exec(entry.value);
  const inList = unexpanded?.[3];
  const variable = unexpanded?.[1] ?? unexpanded?.[2] ?? inList;
  if (variable !== undefined && entry.references.length === 0) {
    const sent = unresolvedOf(entry, variable, entry.value);
    return inList === undefined ? sent : { ...sent, isKept: true };
  }
  return unset(entry) ?? tokenOf('Bearer', entry, entry.value);
}

/** An `_auth` entry (base64 of `user:password`) as the credential npm sends for it. */
export function encoded(entry: ConfigEntry): HeldCredential {
  return unset(entry) ?? tokenOf('Basic', entry, entry.value);
}

/** `username` and base64 `_password` as the credential npm sends for them. */
export function pair(username: ConfigEntry, password: ConfigEntry): HeldCredential {
  const plain = Buffer.from(password.value, 'base64').toString('utf8');
  const base64 = Buffer.from(`${username.value}:${plain}`, 'utf8').toString('base64');
  return unset(password) ?? unset(username) ?? tokenOf('Basic', password, base64);
}

function unset(entry: ConfigEntry): UnresolvedCredential | null {
  const open = entry.references.find(
    ({ state, written }) => state === 'unset' && entry.value.includes(written),
  );
  return open ? unresolvedOf(entry, open.name, open.shown) : null;
}
