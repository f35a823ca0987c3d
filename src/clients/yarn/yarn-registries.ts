import type { RegistryChoice } from '../../domain/client.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { isPublicRegistry, publicHost, yarnHost } from '../../domain/public-registry.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { Source } from '../../domain/source.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { withoutCredentials } from '../npmrc/printable-line.ts';
import { userOf, withoutUser } from '../npmrc/url-user.ts';
import { publicByDefault } from '../public-by-default.ts';
import type { YarnSettings } from './yarn-settings.ts';

export interface YarnRegistries {
  choose(packageName: string): RegistryChoice;
  /** The registry of what has no name but a URL: the first configured one that is the URL's start, else that of the scope in the URL. */
  ofUrl(url: string): RegistryChoice;
  /** The registry as shown, with a final slash, that a `RegistryChoice.url` came from; for `null` the public one that is asked. */
  asShown(url: string | null): string;
  /** The same as Yarn 1 looks up its keys, with the user that its line names, which may be a secret. */
  asWritten(url: string | null): string;
  /** What a request to a URL below the registry carries when nothing else is sent: the user in its line, as base64 of `user:password`. */
  userOf(url: string | null): { basic: string; key: string; source: Source } | null;
  /** Whether a registry is only asked for packages of a scope. */
  isOfScopes(url: string): boolean;
}

/**
 * Yarn 1's choice of registry: the scope's line in the npm settings, else in its own, else `registry` in the npm settings, else in its own, each
 * as written (measured: p08, k10, k26; Yarn 1.22 getRegistry).
 */
export function yarnRegistries({ npm, own }: YarnSettings): YarnRegistries {
  const found = (key: string) => [npm.get(key), own.get(key)].find((entry) => entry?.value);
  const general = choiceOf(found('registry'));
  const byUrl = new Map<string, { shown: string; written: string; entry: ConfigEntry }>();
  const scoped = new Set<string>();
  for (const [key, entry] of [...own, ...npm]) {
    if (!/^(?:@[^:]*:)?registry$/.test(key) || entry.value === '') continue;
    const { url } = choiceOf(entry);
    if (url !== null) {
      const shown = withSlash(shownUrl(entry));
      const written = withSlash(entry.value);
      // a URL that one line has with a user and another without: by the URL alone they can't be told apart
      const other = byUrl.get(url)?.written ?? written;
      const mixed = (userOf(written) === null) !== (userOf(other) === null);
      byUrl.set(url, { shown, written: mixed ? shown : written, entry });
    }
    if (url !== null && key !== 'registry' && url !== general.url) scoped.add(url);
  }
  const written = found('registry');
  const publicOne =
    written && isPublicRegistry(written.value) ? withSlash(written.value) : `https://${yarnHost}/`;
  const choose = (packageName: string): RegistryChoice => {
    const scope = scopeOf(packageName);
    return choiceOf((scope === null ? undefined : found(`${scope}:registry`)) ?? written);
  };
  return {
    choose,
    ofUrl(url) {
      const available = [...npm].filter(([key]) => key === 'registry' || key.split(':')[1] === 'registry');
      const start = available.find(([, { value }]) => value !== '' && url.startsWith(value));
      return start ? choiceOf(start[1]) : choose(`${scopeInUrl(url) ?? ''}/`);
    },
    asShown: (url) => (url === null ? publicOne : (byUrl.get(withSlash(url))?.shown ?? withSlash(url))),
    asWritten: (url) => (url === null ? publicOne : (byUrl.get(withSlash(url))?.written ?? withSlash(url))),
    userOf(url) {
      const known = url === null ? undefined : byUrl.get(withSlash(url));
      const basic = known ? userOf(known.written) : null;
      return known && basic ? { basic, key: known.entry.setting.key, source: known.entry.source } : null;
    },
    isOfScopes: (url) => scoped.has(withSlash(url)),
  };
}

/** The registries whose keys Yarn 1 looks up for one: the public registry under its own name has those of the other name too. */
export function lentRegistries(written: string): readonly string[] {
  return written === `https://${yarnHost}/` ? [written, `https://${publicHost}/`] : [written];
}

/** The scope, with its `@`, that a URL of a package names; `null` for an unscoped one. (Yarn 1.22 SCOPED_PKG_REGEXP.) */
export function scopeInUrl(url: string): string | null {
  return /(?:^|\/)(@[^/?]+?)(?=%2f|\/)/.exec(url)?.[1] ?? null;
}

const unset = publicByDefault('Yarn 1');

function choiceOf(entry: ConfigEntry | undefined): RegistryChoice {
  if (!entry) return unset;
  const url = shownUrl(entry);
  const { source, key } = entry.setting;
  return { url: isPublicRegistry(url) ? null : withSlash(url), source, key };
}

function shownUrl({ open }: ConfigEntry): string {
  return withoutCredentials(withoutUser(open));
}
