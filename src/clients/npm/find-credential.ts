import type { Credential } from '../../domain/credential.ts';
import { parsedUrl } from '../../domain/registry-key.ts';
import { Secret } from '../../domain/secret.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';

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
  credential: Extract<Credential, { kind: 'token' | 'unresolved' }> | null;
  ended: boolean;
  empty: Extract<Credential, { kind: 'unresolved' }> | null;
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

function found(credential: NonNullable<Found['credential']>): Found {
  return { credential, ended: true, empty: null };
}

/** A token entry as the credential npm sends for it. `$NAME` and `%NAME%`, and `${NAME}` in a list, which npm sends as they are, count as unresolved (measured: q11). */
export function bearer(entry: ConfigEntry): NonNullable<Found['credential']> {
  const unexpanded = /^\$([A-Z_][A-Z0-9_]*)$|^%([A-Z_][A-Z0-9_]*)%$|^\$\{(\w+)\}$/.exec(entry.value);
  const inList = unexpanded?.[3];
  const variable = unexpanded?.[1] ?? unexpanded?.[2] ?? inList;
  if (variable !== undefined && entry.references.length === 0) {
    const { source, setting, value } = entry;
    return {
      kind: 'unresolved',
      variable,
      key: setting.key,
      source,
      sends: value,
      ...(inList === undefined ? {} : { isKept: true }),
    };
  }
  return unresolvedOf(entry) ?? tokenOf('Bearer', entry, entry.value);
}

/** An `_auth` entry (base64 of `user:password`) as the credential npm sends for it. */
export function encoded(entry: ConfigEntry): NonNullable<Found['credential']> {
  return unresolvedOf(entry) ?? tokenOf('Basic', entry, entry.value);
}

/** `username` and base64 `_password` as the credential npm sends for them. */
export function pair(username: ConfigEntry, password: ConfigEntry): NonNullable<Found['credential']> {
  const plain = Buffer.from(password.value, 'base64').toString('utf8');
  const base64 = Buffer.from(`${username.value}:${plain}`, 'utf8').toString('base64');
  return unresolvedOf(password) ?? unresolvedOf(username) ?? tokenOf('Basic', password, base64);
}

function tokenOf(
  scheme: 'Bearer' | 'Basic',
  entry: ConfigEntry,
  text: string,
): NonNullable<Found['credential']> {
  const variable = entry.references[0]?.name ?? null;
  return {
    kind: 'token',
    scheme,
    secret: new Secret(text),
    key: entry.setting.key,
    source: entry.source,
    variable,
  };
}

function unresolvedOf(entry: ConfigEntry): Extract<Credential, { kind: 'unresolved' }> | null {
  const open = entry.references.find(
    ({ state, written }) => state === 'unset' && entry.value.includes(written),
  );
  if (!open) return null;
  return {
    kind: 'unresolved',
    variable: open.name,
    key: entry.setting.key,
    source: entry.source,
    sends: open.shown,
  };
}

/** An entry whose reference gives an empty text, `null` for any other. */
export function withoutValue(entry: ConfigEntry): Found['empty'] {
  const reference = entry.references.find(({ state }) => state !== 'set');
  if (entry.value !== '' || !reference) return null;
  return {
    kind: 'unresolved',
    variable: reference.name,
    key: entry.setting.key,
    source: entry.source,
    sends: null,
  };
}
