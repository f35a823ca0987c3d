import type { Credential } from '../../domain/credential.ts';
import { withSlash } from '../../domain/registry-key.ts';
import { Secret } from '../../domain/secret.ts';
import type { HeldCredential } from '../npmrc/entry-credential.ts';
import { isMetadata } from '../npmrc/is-metadata.ts';
import { nearMisses } from '../npmrc/near-misses.ts';
import { userOf } from '../npmrc/url-user.ts';
import type { PnpmRegistries } from './pnpm-registries.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import type { PnpmSettings } from './pnpm-settings.ts';
import { type Slots, slotsOf } from './pnpm-slots.ts';
import { keyPlace } from './pnpm-urls.ts';

/**
 * The credential that pnpm sends to a URL: by the keys of the URL's own path, the deepest first, with its port and then without; a request
 * for metadata counts as one to its registry (measured: k01-k48; @pnpm/network.auth-header, pnpm/crates/network).
 */
export function pnpmCredentials(
  settings: PnpmSettings,
  registries: PnpmRegistries,
  rules: PnpmRules,
): (url: string, registry: string | null) => Credential {
  const slots = slotsOf(settings, rules);
  const depth = depthOf(slots);
  return (url, registry) => {
    const inUrl = userOf(url);
    const asked = isMetadata(url, registry) && registry !== null ? registry : url;
    const own = registry !== null && asked === registry ? registries.userOf(registry) : null;
    const user = own ?? (inUrl ? { basic: inUrl, key: 'registry', source: noSource } : null);
    if (user) {
      const { basic, key, source } = user;
      return { kind: 'token', scheme: 'Basic', secret: new Secret(basic), key, source, variable: null };
    }
    const looked = asked === registry ? registries.lookedUpAs(registry, scopeIn(url)) : withSlash(asked);
    const place = keyPlace(looked, rules);
    if (place === null) return { kind: 'none', nearest: [] };
    const scope = rules.scopedKeys ? scopeIn(url) : null;
    const prefixes = place.hosts.map((host) => prefixesOf(host, place.folder, depth));
    const empties: HeldCredential[] = [];
    for (const keys of [scope === null ? undefined : slots.scoped.get(scope), slots.every]) {
      for (const key of prefixes.flat()) {
        const slot = keys?.get(key);
        if (slot?.sent) return slot.sent;
        if (slot?.empty) empties.push(slot.empty);
      }
    }
    const wanted = `//${place.hosts[0]}${place.folder}`;
    return empties[0] ?? { kind: 'none', nearest: nearMisses(wanted, settings.effective.values(), false) };
  };
}

function depthOf({ every, scoped }: Slots): number {
  let depth = 0;
  for (const keys of [every, ...scoped.values()]) {
    for (const key of keys.keys()) depth = Math.max(depth, key.split('/').length);
  }
  return depth;
}

const noSource = { kind: 'default', why: 'the URL itself names a user' } as const;

/** The key prefixes of a folder, deepest first; none deeper than a key is. */
function prefixesOf(host: string, folder: string, depth: number): readonly string[] {
  const prefixes: string[] = [];
  for (
    let end = folder.indexOf('/');
    end !== -1 && prefixes.length < depth;
    end = folder.indexOf('/', end + 1)
  ) {
    prefixes.push(`//${host}${folder.slice(0, end + 1)}`);
  }
  return prefixes.reverse();
}

/** The scope of the package that a request is for, by its path. */
function scopeIn(url: string): string | null {
  return /\/(@[^/@%]+)(?:\/|%2f)[^/]+(?:\/-\/.*)?$/i.exec(url)?.[1] ?? null;
}
