import type { Credential, KeyNearMiss } from '../../domain/credential.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import { Secret, sameSecret } from '../../domain/secret.ts';
import { bearer, encoded, pair } from '../npm/find-credential.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { type HeldCredential, type TokenCredential, withoutValue } from '../npmrc/entry-credential.ts';
import { isMetadata } from '../npmrc/is-metadata.ts';
import { nearMisses } from '../npmrc/near-misses.ts';
import { lentRegistries, scopeInUrl, type YarnRegistries } from './yarn-registries.ts';
import type { YarnRules } from './yarn-rules.ts';
import type { YarnSettings } from './yarn-settings.ts';
import { type UrlParts, urlParts } from './yarn-url-parts.ts';

/** The `//host/path/` keys that make requests below them carry a credential; `entry` is what stands under one. */
interface Covering extends UrlParts {
  entry: ConfigEntry;
}

/**
 * The credential Yarn 1 sends with a request to `url` for a package of `registry` (`null`: the public one): that of the registry's own key, if the
 * request is to the registry or some key without a port is a prefix of it, and the package has a scope or the registry
 * `always-auth` (measured: clients.md sections 1 and 3; Yarn 1.22 request, isRequestToRegistry, requestNeedsAuth, getAuth).
 */
export function yarnCredentials(
  settings: YarnSettings,
  registries: YarnRegistries,
  rules: YarnRules,
): (url: string, registry: string | null) => Credential {
  const { npm } = settings;
  const covering = coveringKeys(npm, rules);
  return (url, registry) => {
    const held = keyed(url, registry);
    const user = registries.userOf(registry);
    if (held.kind !== 'none' || user === null || !isMetadata(url, registry)) return held;
    const { basic, key, source } = user;
    return { kind: 'token', scheme: 'Basic', secret: new Secret(basic), key, source, variable: null };
  };

  function keyed(url: string, registry: string | null): Credential {
    const request = URL.canParse(url) ? urlParts(url) : null;
    if (request === null) return { kind: 'none', nearest: [] };
    const written = registries.asWritten(registry);
    const option = (field: string) => registryOption(npm, written, field);
    const credential = lentRegistries(written).reduce<HeldCredential | null>(
      (found, lender) => found ?? credentialOf((field) => registryOption(npm, lender, field)),
      null,
    );
    if (credential === null) {
      return {
        kind: 'none',
        nearest: nearMisses(wantedKey(registries.asShown(registry)), npm.values(), true),
      };
    }
    const covers = covering.filter(
      ({ host, path }) => request.host === host && request.path.startsWith(path),
    );
    if (covers.length === 0 && !isToRegistry(request, written, option('custom-host-suffix'))) {
      return { kind: 'none', nearest: uncovering(url, npm) };
    }
    const scoped = scopeInUrl(url) !== null || (registry !== null && registries.isOfScopes(registry));
    if (!scoped && !option('always-auth')?.value) return { kind: 'none', nearest: [] };
    return credential.kind === 'token' ? withHome(credential, url, written, covers) : credential;
  }
}

/**
 * Yarn 1 sends the registry's credential to any host that has a key. It counts as meant for that host only when the key holds the same;
 * else the check keeps it at home.
 */
function withHome(
  credential: TokenCredential,
  url: string,
  registry: string,
  covers: readonly Covering[],
): Credential {
  if (sameOrigin(url, registry)) return credential;
  const meant = covers.some(({ entry }) => {
    const own = bearer(entry);
    return own.kind === 'token' && sameSecret(own.secret, credential.secret);
  });
  return meant ? credential : { ...credential, home: registry };
}

/** Any key's token of the registry before any `_auth`, each at the registry's own key before the bare one (measured: a06-a12). */
function credentialOf(option: (field: string) => ConfigEntry | undefined): HeldCredential | null {
  const token = option('_authToken');
  if (token?.value) return bearer(token);
  const auth = option('_auth');
  if (auth?.value) return encoded(auth);
  const username = option('username');
  const password = option('_password');
  if (username?.value && password?.value) return pair(username, password);
  const empty = [token, auth, password].map((entry) => entry && withoutValue(entry));
  return empty.find((candidate) => candidate) ?? null;
}

/**
 * What a registry's key says, else the bare key: looked up with its protocol, without, and without a final `registry` in its path. An
 * entry that has no value is passed over, and given when nothing else is found.
 */
function registryOption(
  settings: YarnSettings['npm'],
  registry: string,
  field: string,
): ConfigEntry | undefined {
  let empty: ConfigEntry | undefined;
  for (const prefix of [...keyPrefixes(registry), null]) {
    const entry = settings.get(prefix === null ? field : `${prefix}:${field}`);
    if (entry?.value) return entry;
    empty ??= entry;
  }
  return empty;
}

const mostStripped = 8;

function keyPrefixes(registry: string): readonly string[] {
  const shortened = [registry];
  for (let last = registry; /registry\/$/.test(last) && shortened.length < mostStripped; ) {
    last = last.replace(/registry\/$/, '');
    if (!last.endsWith('/')) last += '/';
    shortened.push(last);
  }
  const bare = (url: string) => url.replace(/^https?:/i, '');
  return [...new Set([registry, ...shortened.map(bare), ...shortened])];
}

function coveringKeys(settings: YarnSettings['npm'], rules: YarnRules): readonly Covering[] {
  return [...settings].flatMap(([key, entry]) => {
    const [place = '', field, ...more] = key.split(':', 4);
    const token = field === '_authToken' && more.length === 0;
    if (!token && !(rules.passwordCovers && field === '_password')) return [];
    const parts = urlParts(place);
    return parts === null ? [] : [{ ...parts, entry }];
  });
}

function isToRegistry(request: UrlParts, registry: string, suffix: ConfigEntry | undefined): boolean {
  const home = urlParts(registry);
  if (home === null || request.host !== home.host) return false;
  const suffixed = suffix?.value && suffix.value !== 'true' && request.host.endsWith(suffix.value);
  return request.path.startsWith(home.path) || Boolean(suffixed);
}

/** Keys that look meant for a request none of them covers. A port in the URL is no difference that a person could mend: no key has one for Yarn 1. */
function uncovering(url: string, settings: YarnSettings['npm']): readonly KeyNearMiss[] {
  const { host, pathname, port } = new URL(url);
  return nearMisses(`//${host}${pathname}`, settings.values(), false).map((miss) =>
    port !== '' || miss.differs === 'final-slash' ? { ...miss, differs: 'prefix' } : miss,
  );
}

function wantedKey(registry: string): string {
  return registry.replace(/^https?:/i, '');
}
