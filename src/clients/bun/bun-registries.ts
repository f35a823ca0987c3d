import type { RegistryChoice } from '../../domain/client.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { isPublicRegistry, publicHost } from '../../domain/public-registry.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { withoutCredentials } from '../npmrc/printable-line.ts';
import { publicByDefault } from '../public-by-default.ts';
import { writtenHost } from '../written-host.ts';
import type { BunfigEntries } from './bun-entries.ts';
import type { BunRules } from './bun-rules.ts';
import type { BunSettings } from './bun-settings.ts';

/** A registry as Bun has it. `url` has no user part, `host` is the host and port as written. */
export interface BunRegistry {
  url: string;
  host: string;
  choice: RegistryChoice;
  /** Its entries in bunfig.toml; `null` for one of `.npmrc` or of a variable. */
  bunfig: BunfigEntries | null;
  /** The entry whose URL holds a user part. */
  userPart: ConfigEntry | null;
  /** The registry of all packages without a scope's own. */
  general: boolean;
}

export interface BunRegistries {
  choose(packageName: string): RegistryChoice;
  /**
   * The registry whose URL `choose` gave (`null` for the public one) and that is asked for `url`: of those with one URL, that of the package in it.
   * Any other URL is a registry without entries of its own.
   */
  at(registry: string | null, url: string): BunRegistry;
  /** The registry that bunfig.toml or `.npmrc` name for all others, before a variable replaces it. */
  written: BunRegistry;
}

const unset = publicByDefault('Bun');

/**
 * Bun's choice of registry: the scope's entry in bunfig.toml, else its line in `.npmrc`, else the general one (variable, bunfig.toml, `.npmrc`).
 * An entry without a URL means the general one of the files (run for real: Bun 1.4.5).
 */
export function bunRegistries(settings: BunSettings, rules: BunRules): BunRegistries {
  const registryOf = (
    entry: ConfigEntry | null,
    entries: BunfigEntries | null,
    isGeneral: boolean,
    fallback: BunRegistry | null,
  ): BunRegistry => configuredRegistry({ entry, bunfig: entries, general: isGeneral, fallback, rules });
  const { npmrc, bunfig, registryVariable } = settings;
  const publicRegistry = registryOf(null, null, true, null);
  const own = bunfig.get('');
  const written = own
    ? registryOf(own.url ?? null, own, true, publicRegistry)
    : registryOf(npmrc.get('registry') ?? null, null, true, publicRegistry);
  const general =
    registryVariable === null ? written : registryOf(registryVariable, null, true, publicRegistry);
  const scopes = new Map<string, BunRegistry>();
  for (const [key, entry] of npmrc) {
    const scope = /^@([^:]*):registry$/.exec(key)?.[1];
    if (scope !== undefined && entry.value !== '') scopes.set(scope, registryOf(entry, null, false, written));
  }
  for (const [scope, entries] of bunfig) {
    if (scope === '') continue;
    if (saysSomething(entries)) scopes.set(scope, registryOf(entries.url, entries, false, written));
    else scopes.delete(scope);
  }
  const byUrl = new Map<string | null, BunRegistry>();
  for (const registry of [general, ...scopes.values()]) byUrl.set(registry.choice.url, registry);
  return {
    choose(packageName) {
      const scope = scopeOf(packageName)?.slice(1);
      return ((scope === undefined ? undefined : scopes.get(scope)) ?? general).choice;
    },
    at(registry, url) {
      const scope = /[/](@[^/%]+)(?:%2f|[/])/i.exec(url)?.[1]?.slice(1);
      const asked = (scope === undefined ? undefined : scopes.get(scope)) ?? general;
      if (asked.choice.url === registry) return asked;
      return byUrl.get(registry) ?? (registry === null ? publicRegistry : plainRegistry(registry));
    },
    written,
  };
}

/** An entry without URL and credential is none. */
function saysSomething({ url, token, username, password }: BunfigEntries): boolean {
  return [url, token, username, password].some((entry) => entry !== null && entry.raw !== '');
}

interface Configured {
  entry: ConfigEntry | null;
  bunfig: BunfigEntries | null;
  general: boolean;
  fallback: BunRegistry | null;
  rules: BunRules;
}

function configuredRegistry({ entry, bunfig, general, fallback, rules }: Configured): BunRegistry {
  if (entry === null || entry.value === '') {
    const base = fallback ?? plainRegistry(`https://${publicHost}/`);
    const choice = fallback?.choice ?? unset;
    return { ...base, choice, bunfig: bunfig ?? (general ? null : base.bunfig), general };
  }
  const url = withoutExtras(entry.open);
  const choice: RegistryChoice = {
    url: isPublicRegistry(url) ? null : askedUrl(withoutCredentials(url), rules),
    source: entry.setting.source,
    key: entry.setting.key,
  };
  const userPart = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*@/i.test(entry.value) ? entry : null;
  return { ...plainRegistry(url), choice, bunfig, userPart, general };
}

/** Where packages are asked for: below the URL; without a final slash Bun before 1.4.4 leaves out what follows the last one (run for real). */
function askedUrl(url: string, rules: BunRules): string {
  const cut = /^(https?:\/\/[^/]+\/(?:[^/]+\/)*)[^/]+$/i.exec(url)?.[1];
  return rules.dropsLastPart && cut !== undefined ? cut : withSlash(url);
}

function plainRegistry(url: string): BunRegistry {
  return {
    url,
    host: writtenHost(url),
    choice: { url, source: unset.source, key: null },
    bunfig: null,
    userPart: null,
    general: false,
  };
}

/** A URL without user part, query, fragment and the doubled slashes at its end. */
function withoutExtras(url: string): string {
  const bare = url.replace(/^([a-z][a-z\d+.-]*:)\/\/[^/?#]*@/i, '$1//').replace(/[?#].*$/s, '');
  let end = bare.length;
  while (bare[end - 1] === '/' && bare[end - 2] === '/') end -= 1;
  return bare.slice(0, end);
}
