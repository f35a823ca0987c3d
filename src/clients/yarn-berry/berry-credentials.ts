import type { Credential, KeyNearMiss } from '../../domain/credential.ts';
import { type HeldCredential, tokenOf, unresolvedOf, withoutValue } from '../npmrc/entry-credential.ts';
import { type KeyEntry, nearMisses } from '../npmrc/near-misses.ts';
import type { BerryEntry } from './berry-entry.ts';
import type { BerryGroup } from './berry-interpret.ts';
import type { BerryRegistries } from './berry-registries.ts';
import type { BerrySettings } from './load-berry-settings.ts';

/**
 * The credential Yarn sends with a request for a package of `registry`, wherever the URL leads: the scope's own, else that of the registry's very URL in
 * `npmRegistries` (with or without its protocol), else the outermost level's; without a scope only where `npmAlwaysAuth` stands beside it.
 * The package's scope is read from the URL. Measured: y02-y08d, y12-y14, y18, y22; @yarnpkg/plugin-npm npmConfigUtils, npmHttpUtils.
 */
export function berryCredentials(settings: BerrySettings, registries: BerryRegistries) {
  return (url: string, registry: string | null): Credential => {
    if (!URL.canParse(url)) return { kind: 'none', nearest: [] };
    const scope = scopeIn(url);
    const base = registries.lookedUp(scope, registry);
    const own = scope === null ? undefined : settings.scopes.get(scope);
    const ofRegistry = settings.registries.get(base) ?? settings.registries.get(withoutProtocol(base));
    const group = holdsCredential(own) ? own : (ofRegistry ?? outermost(settings));
    const always = scope !== null || isOn(group.get('npmAlwaysAuth'));
    const found = always ? credentialIn(group, `${base}/`) : null;
    if (found) return found;
    const empty = always ? (emptyIn(own) ?? emptyIn(group)) : null;
    // a key that is found and not sent, for want of npmAlwaysAuth, differs from nothing
    const isHeldBack = !always && holdsCredential(group);
    return empty ?? { kind: 'none', nearest: isHeldBack ? [] : nearestTo(base, settings) };
  };
}

/** The scope that a metadata or tarball URL names, without its `@`. */
export function scopeIn(url: string): string | null {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const found = [...path.matchAll(/\/(?:@|%40)([^/%@]+)(?:\/|%2f)/gi)].at(-1)?.[1];
  return found ?? null;
}

function outermost(settings: BerrySettings): BerryGroup {
  const names = ['npmAuthToken', 'npmAuthIdent', 'npmAlwaysAuth'];
  return new Map(
    names.flatMap((name) => {
      const entry = settings.single(name);
      return entry ? [[name, entry] as const] : [];
    }),
  );
}

function holdsCredential(group: BerryGroup | undefined): group is BerryGroup {
  return Boolean(group?.get('npmAuthToken')?.value || group?.get('npmAuthIdent')?.value);
}

function isOn(entry: BerryEntry | undefined): boolean {
  return entry?.value === 'true' || entry?.value === '1';
}

function credentialIn(group: BerryGroup, home: string): HeldCredential | null {
  const token = group.get('npmAuthToken');
  if (token?.value) return unexpanded(token) ?? sent('Bearer', token, token.value, home);
  const ident = group.get('npmAuthIdent');
  if (!ident?.value) return null;
  const encoded = ident.value.includes(':') ? Buffer.from(ident.value).toString('base64') : ident.value;
  return sent('Basic', ident, encoded, home);
}

function sent(scheme: 'Bearer' | 'Basic', entry: BerryEntry, text: string, home: string): HeldCredential {
  const variable = entry.references.find(({ state }) => state === 'set')?.name ?? null;
  return { ...tokenOf(scheme, entry, text), variable, home };
}

/** `$NAME`, `%NAME%` and `${NAME?}`, which Yarn sends as they are. */
function unexpanded(entry: BerryEntry): HeldCredential | null {
  const match = /^\$([A-Z_][A-Z0-9_]*)$|^%([A-Z_][A-Z0-9_]*)%$|^\$\{([A-Z_][A-Z0-9_]*)[^}]{0,12}\}$/.exec(
    entry.value,
  );
  const variable = match?.[1] ?? match?.[2] ?? match?.[3];
  return variable === undefined ? null : unresolvedOf(entry, variable, entry.value);
}

function emptyIn(group: BerryGroup | undefined): HeldCredential | null {
  const [token, ident] = ['npmAuthToken', 'npmAuthIdent'].map((name) => group?.get(name));
  return (token && withoutValue(token)) ?? (ident && withoutValue(ident)) ?? null;
}

function nearestTo(base: string, settings: BerrySettings): readonly KeyNearMiss[] {
  const candidates: KeyEntry[] = [];
  for (const [key, group] of settings.registries) {
    const entry = group.get('npmAuthToken') ?? group.get('npmAuthIdent');
    if (!entry || !/^(?:[a-z]+:)?\/\//.test(key)) continue;
    const ownProtocol = /^[a-z]+:/.exec(key)?.[0];
    const alike = ownProtocol === undefined || base.startsWith(ownProtocol);
    const place = alike ? withoutProtocol(key) : key;
    candidates.push({ ...entry, key: `${place}/:_authToken` });
  }
  return nearMisses(`${withoutProtocol(base)}/`, candidates, true);
}

function withoutProtocol(url: string): string {
  return url.replace(/^[a-z]+:/, '');
}
