import type { Credential, KeyNearMiss } from '../../domain/credential.ts';
import { sameOrigin, withSlash } from '../../domain/registry-key.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { type HeldCredential, tokenOf, unresolvedOf, withoutValue } from '../npmrc/entry-credential.ts';
import { nearMisses } from '../npmrc/near-misses.ts';
import { writtenHost } from '../written-host.ts';
import { bunKeys, type KeyFields, prefixesOf } from './bun-keys.ts';
import type { BunRegistries, BunRegistry } from './bun-registries.ts';
import type { BunRules } from './bun-rules.ts';
import type { BunSettings } from './bun-settings.ts';

/** What a look-up gives: a credential that is sent, with the prefix of its key; `empty` is the first on the way that has no value. */
interface Found {
  credential: HeldCredential | null;
  prefix: string | null;
  empty: HeldCredential | null;
}

const nothing: Found = { credential: null, prefix: null, empty: null };

/**
 * The credential that Bun sends. A registry has that of bunfig.toml (or the token of a variable), else its nearest key of `.npmrc`, else the user part of its URL.
 * A tarball on the registry's own origin takes it over, but a nearer key for an https tarball, one that is not the registry's, comes first; on
 * another origin only such a key counts (run for real: Bun 1.4.5, earlier versions as far as bun-rules.ts says; measured: k01-k48, b05, b12).
 */
export function bunCredentials(
  settings: BunSettings,
  registries: BunRegistries,
  rules: BunRules,
): (url: string, registry: string | null) => Credential {
  const keys = bunKeys(settings.npmrc);
  const projectKeys = rules.keysByFile ? bunKeys(projectLines(settings)) : keys;
  return (url, registry) => {
    if (!URL.canParse(url)) return { kind: 'none', nearest: [] };
    const home = registries.at(registry, url);
    const isAtHome = sameOrigin(url, home.url);
    const lent = rules.sendsAnywhere || isAtHome ? ofRegistry(home) : nothing;
    const hasOwnKeys = rules.tarballKeys && url.startsWith('https:');
    const own = hasOwnKeys ? climb(url, writtenHost(url)) : nothing;
    const owned = own.credential !== null && (lent.credential === null || own.prefix !== keyOf(home));
    const credential = (owned ? own.credential : lent.credential) ?? lent.empty;
    if (credential?.kind === 'token' && rules.sendsAnywhere) return { ...credential, home: home.url };
    if (credential !== null) return credential;
    // elsewhere no key is looked up for the address, however it is written
    if (!isAtHome && !hasOwnKeys) return { kind: 'none', nearest: [] };
    const { host, pathname } = new URL(url);
    const exact = rules.keyLookup === 'registry-key';
    const entries = (
      rules.keysByFile && isOfProject(home, settings) ? projectLines(settings) : settings.npmrc
    ).values();
    return {
      kind: 'none',
      nearest: nearMisses(`//${host}${pathname}`, entries, exact).map(withoutSlashMiss),
    };
  };

  function ofRegistry(registry: BunRegistry): Found {
    const fromToken = registry.general && settings.tokenVariable ? bearer(settings.tokenVariable) : null;
    if (fromToken?.credential) return fromToken;
    const user = registry.userPart === null || registry.bunfig ? null : userPart(registry.userPart);
    if (user !== null && isVariable(registry)) return { ...nothing, credential: user };
    const written = fromBunfig(registry);
    const found = byKey(registry);
    const first = rules.bunfigWins ? written : found;
    const second = rules.bunfigWins ? found : written;
    if (first.credential) return first;
    if (second.credential) return second;
    const inherited = isVariable(registry) ? fromBunfig(registries.written) : nothing;
    const takesOver = !rules.bunfigWins || isBelow(registry.url, registries.written.url);
    if (inherited.credential && takesOver) return inherited;
    return { credential: user, prefix: null, empty: first.empty ?? second.empty };
  }

  function isVariable(registry: BunRegistry): boolean {
    return registry.general && settings.registryVariable !== null;
  }

  function byKey(registry: BunRegistry): Found {
    if (!URL.canParse(registry.url)) return nothing;
    if (rules.keyLookup === 'climbs') return climb(withSlash(registry.url), registry.host);
    const path = withoutSlash(new URL(registry.url).pathname);
    const counting = isOfProject(registry, settings) ? projectKeys : keys;
    const groups = [...counting.values()].filter(
      (group) =>
        group.host === registry.host && (rules.keyLookup === 'host' || withoutSlash(group.path) === path),
    );
    return firstOf(groups.reverse().map(credentialOf));
  }

  /** The key of `.npmrc` that a registry has, whether or not bunfig.toml has another credential for it. */
  function keyOf(registry: BunRegistry): string | null {
    return URL.canParse(registry.url) ? climb(withSlash(registry.url), registry.host).prefix : null;
  }

  function climb(url: string, host: string): Found {
    const tried: Found[] = [];
    for (const prefix of prefixesOf(url, host)) {
      const group = keys.get(prefix);
      const found = group ? credentialOf(group) : nothing;
      tried.push(found);
      if (found.credential) return { ...firstOf(tried), prefix };
    }
    return firstOf(tried);
  }

  function credentialOf({ token, auth, username, password }: KeyFields): Found {
    const encoded = rules.encodedAuth ? auth : null;
    if (token !== null && isEmptied(token)) return bearer(token);
    return firstOf([
      token ? bearer(token) : nothing,
      encoded ? sentAs('Basic', encoded, encoded.value) : nothing,
      username && password ? pair(username, password, true) : nothing,
    ]);
  }

  function fromBunfig({ bunfig, userPart: entry }: BunRegistry): Found {
    if (bunfig === null) return nothing;
    const { token, username, password } = bunfig;
    const given = firstOf([
      token ? bearer(token) : nothing,
      username && password ? pair(username, password, false) : nothing,
    ]);
    const user = entry === null || token || username || password ? null : userPart(entry);
    return given.credential ? given : { ...given, credential: user };
  }
}

/** Whether the project's `.npmrc` names a registry. */
function isOfProject({ bunfig, choice: { key } }: BunRegistry, { npmrc }: BunSettings): boolean {
  return bunfig === null && key !== null && npmrc.get(key)?.layer === 'project';
}

function projectLines({ npmrc }: BunSettings): ReadonlyMap<string, ConfigEntry> {
  return new Map([...npmrc].filter(([, { layer }]) => layer === 'project'));
}

/** A final slash is no difference to Bun: a key that covers the URL as it stands is passed over for another reason. */
function withoutSlashMiss(miss: KeyNearMiss): KeyNearMiss {
  return miss.differs === 'final-slash' ? { ...miss, differs: 'prefix' } : miss;
}

/** A token `$NAME` whose variable is empty keeps the key's other fields from being looked at (run for real: Bun 1.4.5). */
function isEmptied({ value, references }: ConfigEntry): boolean {
  return value === '' && references.some(({ written }) => !written.startsWith('${'));
}

function firstOf(found: readonly Found[]): Found {
  const credential = found.find((one) => one.credential)?.credential ?? null;
  return { credential, prefix: null, empty: found.find((one) => one.empty)?.empty ?? null };
}

function bearer(entry: ConfigEntry): Found {
  return sentAs('Bearer', entry, entry.value);
}

/** User and password; that of `.npmrc` is in base64, of which Bun leaves out what is none (run for real: Bun 1.4.5). */
function pair(username: ConfigEntry, password: ConfigEntry, encoded: boolean): Found {
  if (username.value === '' || password.value === '')
    return without(password) ?? without(username) ?? nothing;
  const plain = Buffer.from(password.value, encoded ? 'base64' : 'utf8');
  const text = Buffer.concat([Buffer.from(`${username.value}:`, 'utf8'), plain]).toString('base64');
  return encoded ? sentAs('Basic', password, text) : sent(tokenOf('Basic', password, text));
}

/** What an entry sends; an unset reference is sent as it stands, and `${NAME}` of bunfig.toml always; an empty value is passed over (measured: u01, u07, b02b). */
function sentAs(scheme: 'Bearer' | 'Basic', entry: ConfigEntry, text: string): Found {
  if (text === '') return without(entry) ?? nothing;
  const { setting, references, value } = entry;
  const open = references.find(({ state, written }) => state === 'unset' && value.includes(written));
  const [, bare, braced] = /^\$(?:([A-Za-z_]\w*)|\{(\w+)\})$/.exec(value) ?? [];
  const literal = bare ?? (setting.key.startsWith('install.') ? braced : undefined);
  const variable = open?.name ?? (references.length === 0 ? literal : undefined);
  if (variable === undefined) return sent(tokenOf(scheme, entry, text));
  return sent(unresolvedOf(entry, variable, open?.shown ?? value));
}

function sent(credential: HeldCredential): Found {
  return { ...nothing, credential };
}

/** An entry whose reference gives nothing, `null` for any other. */
function without(entry: ConfigEntry): Found | null {
  const empty = withoutValue({ ...entry, value: '' });
  return empty && { ...nothing, empty };
}

/** `user:password@` of a URL; without a user it is a token (run for real: Bun 1.4.5). */
function userPart(entry: ConfigEntry): HeldCredential | null {
  const [, user = '', password = ''] =
    /^[a-z][a-z\d+.-]*:\/\/([^/?#:@]*):?([^/?#]*)@/i.exec(entry.value) ?? [];
  const scheme = user === '' ? 'Bearer' : 'Basic';
  const text = user === '' ? password : Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  if (user === '' && password === '') return null;
  return tokenOf(scheme, entry, text);
}

function isBelow(url: string, base: string): boolean {
  return sameOrigin(url, base) && isPathBelow(new URL(url).pathname, new URL(base).pathname);
}

function isPathBelow(path: string, base: string): boolean {
  const above = withoutSlash(base);
  return path === above || path.startsWith(`${above}/`);
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
