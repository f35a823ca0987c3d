import type { Credential } from '../../domain/credential.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { nearMisses } from '../npmrc/near-misses.ts';
import { climb, type Found } from './find-credential.ts';
import type { LoadedSettings } from './load-settings.ts';
import type { NpmRules } from './npm-rules.ts';
import { npm6Credential, npm6Key } from './npm6-credential.ts';
import type { RegistrySettings } from './registry-settings.ts';

/**
 * The credential npm sends with a request to `url` for a package of `registry` (`null`: the default registry). A text that is
 * no URL gets none.
 */
export type CredentialLookup = (url: string, registry: string | null) => Credential;

export function credentialLookup(
  settings: LoadedSettings,
  registries: RegistrySettings,
  rules: NpmRules,
): CredentialLookup {
  const bare = bareCredentials(settings, registries, rules);
  const lookup = (key: string) => settings.effective.get(key) ?? bare.get(key);
  const keys = [...settings.effective.keys(), ...bare.keys()];
  const prefixes = new Set(keys.map((key) => key.slice(0, Math.max(0, key.lastIndexOf(':')))));
  const exact = rules.keyLookup === 'registry-key';
  const find = exact ? findByRegistryKey : findByClimbing;
  return (url, registry) => {
    if (!URL.canParse(url)) return { kind: 'none', nearest: [] };
    const found = find(url, registry);
    const credential = found.credential ?? (found.ended ? null : found.empty);
    if (credential) return credential;
    return {
      kind: 'none',
      nearest: nearMisses(wantedKey(url, registry), settings.effective.values(), exact),
    };
  };

  function findByRegistryKey(url: string, registry: string | null): Found {
    return npm6Credential(url, npm6Registry(url, registry), lookup);
  }

  function npm6Registry(url: string, registry: string | null): string | null {
    return registry === null
      ? (registries.above(url) ?? registries.defaultRegistry)
      : registries.asWritten(registry);
  }

  /** Without a key on the URL's own path the registry's key is lent to its own host (measured: k01, k28, k39, k41). */
  function findByClimbing(url: string, registry: string | null): Found {
    const own = climb(url, { lookup, prefixes }, rules.certificatesEndClimb);
    if (own.credential || own.ended) return own;
    const lender = registry === null ? registries.defaultRegistry : registries.asWritten(registry);
    if (lender === null || !rules.lendsToHost || !sameHost(url, lender)) return own;
    const lent = climb(lender, { lookup, prefixes }, rules.certificatesEndClimb);
    return { ...lent, empty: own.empty ?? lent.empty };
  }

  function wantedKey(url: string, registry: string | null): string {
    const registryUrl = exact ? npm6Registry(url, registry) : null;
    if (registryUrl !== null) return npm6Key(registryUrl);
    const { host, pathname } = new URL(url);
    return `//${host}${pathname}`;
  }
}

/** npm 7 and 8 give bare credentials to the default registry when its own keys have none (measured: a08-a11). */
function bareCredentials(
  settings: LoadedSettings,
  registries: RegistrySettings,
  rules: NpmRules,
): ReadonlyMap<string, ConfigEntry> {
  const given = new Map<string, ConfigEntry>();
  if (rules.bareCredentials !== 'for-default-registry' || registries.defaultRegistry === null) return given;
  const { host, pathname } = new URL(registries.defaultRegistry);
  const prefix = `//${host}${pathname.slice(0, pathname.lastIndexOf('/') + 1)}`;
  const has = (...keys: string[]) => keys.every((key) => settings.effective.get(key)?.value);
  const own = (field: string) => `${prefix}:${field}`;
  const give = (...fields: string[]) => {
    for (const field of fields) {
      const entry = settings.effective.get(field);
      if (entry) given.set(own(field), entry);
    }
  };
  if (has(own('_authToken'))) return given;
  if (has('_authToken')) give('_authToken');
  else if (has(own('username'), own('_password')) || has(own('_auth'))) return given;
  else if (has('username', '_password')) give('username', '_password');
  else if (has('_auth')) give('_auth');
  return given;
}

function sameHost(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).host === new URL(b).host;
}
