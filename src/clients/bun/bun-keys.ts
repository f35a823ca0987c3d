import type { ConfigEntry } from '../npmrc/config-entry.ts';

/** What `.npmrc` holds under one key prefix (`//host/path/`). */
export interface KeyFields {
  /** Host and port as written in the key, and its path: both without what follows the last colon. */
  host: string;
  path: string;
  token: ConfigEntry | null;
  auth: ConfigEntry | null;
  username: ConfigEntry | null;
  password: ConfigEntry | null;
}

const fields = { _authToken: 'token', _auth: 'auth', username: 'username', _password: 'password' } as const;

function isField(name: string): name is keyof typeof fields {
  return Object.hasOwn(fields, name);
}

/** Every key of `.npmrc` that may hold credentials, grouped by its prefix; of two spellings the project's counts, then the later one. */
export function bunKeys(npmrc: ReadonlyMap<string, ConfigEntry>): ReadonlyMap<string, KeyFields> {
  const groups = new Map<string, KeyFields>();
  const weakestFirst = [...npmrc].sort(
    ([, a], [, b]) => Number(a.layer === 'project') - Number(b.layer === 'project'),
  );
  for (const [key, entry] of weakestFirst) {
    const colon = key.lastIndexOf(':');
    const field = key.slice(colon + 1);
    if (!key.startsWith('//') || !isField(field)) continue;
    const slash = key.indexOf('/', 2);
    const end = slash === -1 || slash > colon ? colon : slash;
    const host = key.slice(2, end);
    const path = key.slice(end, colon);
    const id = prefixOf(host, path);
    const group = groups.get(id) ?? { host, path, token: null, auth: null, username: null, password: null };
    groups.set(id, { ...group, [fields[field]]: entry });
  }
  return groups;
}

/** The prefix under which a key of this host and path is found. */
export function prefixOf(host: string, path: string): string {
  return `//${host.toLowerCase()}${path}`;
}

/** The prefixes that Bun 1.4.4+ tries for a URL, nearest first: with and without the final slash, host as written, then with or without the default port. */
export function* prefixesOf(url: string, writtenHost: string): Generator<string> {
  const { protocol, host, hostname, port, pathname } = new URL(url);
  const standard = protocol === 'https:' ? '443' : '80';
  const hosts = [...new Set([writtenHost, host, ...(port === '' ? [`${hostname}:${standard}`] : [])])];
  for (let path = pathname; ; path = shorter(path)) {
    for (const candidate of hosts) yield prefixOf(candidate, path);
    if (path === '') return;
  }
}

function shorter(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path.slice(0, path.lastIndexOf('/') + 1);
}
