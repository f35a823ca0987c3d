import { publicHost } from '../../domain/public-registry.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { withoutValue } from '../npmrc/entry-credential.ts';
import { writtenHost } from '../written-host.ts';
import { bearer, encoded, type Found, nothingFound, pair } from './find-credential.ts';

/**
 * npm 6: the exact key of the package's registry, bare keys for every registry; sent to the registry's own host (name and port as
 * written), to any host with `always-auth` (measured: k03, k07, k18, a08, a13; npm 6's npm-registry-fetch).
 * `registry` is as written in the settings, `null` for the public one.
 */
export function npm6Credential(
  url: string,
  registry: string | null,
  lookup: (key: string) => ConfigEntry | undefined,
): Found {
  const prefix = registry === null ? null : npm6Key(registry);
  const field = (...names: string[]) =>
    names
      .flatMap((name) => [prefix === null ? undefined : lookup(`${prefix}:${name}`), lookup(name)])
      .find((entry) => entry?.value);
  const host = registry === null ? publicHost : writtenHost(registry);
  if (!field('always-auth') && writtenHost(url) !== host) return nothingFound;
  const token = field('_authToken', 'token');
  if (token) return { credential: bearer(token), ended: true, empty: null };
  const username = field('username');
  const password = field('_password', 'password');
  if (username && password) return { credential: pair(username, password), ended: true, empty: null };
  const basic = field('_auth');
  if (basic) return { credential: encoded(basic), ended: true, empty: null };
  const unset = prefix === null ? undefined : lookup(`${prefix}:_authToken`);
  return { ...nothingFound, empty: unset ? withoutValue(unset) : null };
}

/** npm 6's key of a registry: host and port as written, path up to its last slash, so a final slash matters (measured: k11, k18). */
export function npm6Key(registry: string): string {
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(registry)?.[1] ?? '';
  return `//${writtenHost(registry)}${path.slice(0, path.lastIndexOf('/') + 1) || '/'}`;
}
