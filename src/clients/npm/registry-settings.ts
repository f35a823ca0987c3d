import type { RegistryChoice } from '../../domain/client.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { publicHost } from '../../domain/public-registry.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { withoutCredentials } from '../npmrc/printable-line.ts';
import { withoutUser } from '../npmrc/url-user.ts';
import { publicByDefault } from '../public-by-default.ts';
import type { LoadedSettings } from './load-settings.ts';
import type { NpmRules } from './npm-rules.ts';

/** A registry as npm has it: `written` with or without the final slash, which decides how keys match. */
export interface ConfiguredRegistry {
  entry: ConfigEntry;
  written: string;
  choice: RegistryChoice;
}

export interface RegistrySettings {
  choose(packageName: string): RegistryChoice;
  /** The registry as written that a `RegistryChoice.url` came from; the given text when no setting has it. */
  asWritten(url: string): string;
  /** As written; `null` for the public npm registry. */
  defaultRegistry: string | null;
  /** The configured registry below which a URL lies, as written; `null` when none does. */
  above(url: string): string | null;
  all: readonly ConfiguredRegistry[];
}

/**
 * npm's choice of registry: the scope's line, else (by version) the line of the `scope` setting, else `registry`. A scope's line
 * is taken as written (measured: e13, p08, k10).
 */
export function registrySettings(settings: LoadedSettings, rules: NpmRules): RegistrySettings {
  const all: ConfiguredRegistry[] = [];
  const scopes = [...settings.effective.values()].filter(({ key }) => /^@[^:]*:registry$/.test(key));
  const general = settings.typed('registry', (value) => URL.canParse(value) || !rules.dropsWrongTypes);
  for (const entry of general ? [...scopes, general] : scopes) {
    if (entry.value === '' || (entry === general && !URL.canParse(entry.value))) continue;
    const isDefault = entry === general;
    const url = withoutCredentials(withoutUser(entry.open));
    const written = isDefault && rules.dropsWrongTypes ? (URL.parse(url)?.href ?? url) : url;
    all.push({
      entry,
      written,
      choice: {
        url: isPublic(written) ? null : withSlash(written),
        source: entry.setting.source,
        key: entry.setting.key,
      },
    });
  }
  const byKey = new Map(all.map((registry) => [registry.entry.key, registry]));
  const byUrl = new Map(all.map((registry) => [registry.choice.url, registry]));
  const fallback = byKey.get('registry');
  const scopeSetting = rules.scopeSetting ? settings.effective.get('scope')?.value : undefined;
  const ofScopeSetting = scopeSetting ? byKey.get(`@${scopeSetting.replace(/^@/, '')}:registry`) : undefined;
  return {
    all,
    defaultRegistry: fallback?.choice.url ? fallback.written : null,
    choose(packageName) {
      const scope = scopeOf(packageName);
      const own = scope === null ? undefined : byKey.get(`${scope}:registry`);
      return (own ?? ofScopeSetting ?? fallback)?.choice ?? unset;
    },
    asWritten: (url) => byUrl.get(withSlash(url))?.written ?? url,
    above(url) {
      const found = all
        .filter(({ choice }) => choice.url !== null && sameStart(url, choice.url))
        .sort((a, b) => b.written.length - a.written.length);
      return found[0]?.written ?? null;
    },
  };
}

const unset = publicByDefault('npm');

function isPublic(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname === publicHost;
}

function sameStart(url: string, start: string): boolean {
  return URL.canParse(url) && URL.canParse(start) && new URL(url).href.startsWith(new URL(start).href);
}
