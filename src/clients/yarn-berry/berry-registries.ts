import type { RegistryChoice } from '../../domain/client.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { isPublicRegistry, yarnHost } from '../../domain/public-registry.ts';
import { withSlash } from '../../domain/registry-key.ts';
import type { Source } from '../../domain/source.ts';
import { withoutCredentials } from '../npmrc/printable-line.ts';
import { withoutUser } from '../npmrc/url-user.ts';
import { publicByDefault } from '../public-by-default.ts';
import type { BerryEntry } from './berry-entry.ts';
import type { BerrySettings } from './load-berry-settings.ts';

/** The registry that Yarn asks where nothing names another. */
export const defaultRegistry = `https://${yarnHost}`;

export interface BerryRegistries {
  choose(packageName: string): RegistryChoice;
  /** The registry's URL as Yarn looks settings up for it: as written, without final slashes. `null` stands for the public one. */
  lookedUp(scope: string | null, registry: string | null): string;
}

/**
 * Yarn's choice of registry: the scope's `npmRegistryServer`; the public one for a scope that is set up without it (even where the outermost
 * level names another); else the outermost level's (measured: y02, y08, y19; `yarn config get`).
 */
export function berryRegistries(settings: BerrySettings): BerryRegistries {
  const general = settings.single('npmRegistryServer');
  return { choose, lookedUp };

  function choose(packageName: string): RegistryChoice {
    const scope = scopeOf(packageName);
    const group = scope === null ? undefined : settings.scopes.get(scope.slice(1));
    if (group) {
      const own = group.get('npmRegistryServer');
      const first = [...group.values()][0];
      const source: Source = first?.source ?? byDefault(`the scope ${scope} names no npmRegistryServer`);
      return own ? choiceOf(own) : { url: null, source, key: null };
    }
    if (scope === '@jsr' && settings.rules.jsrScope)
      return { url: null, source: byDefault('Yarn asks the registry of JSR for this scope'), key: null };
    return general ? choiceOf(general) : unset;
  }

  function lookedUp(scope: string | null, registry: string | null): string {
    const group = scope === null ? undefined : settings.scopes.get(scope);
    const own = group ? group.get('npmRegistryServer') : general;
    const written = own?.value ?? defaultRegistry;
    if (registry === null || withSlash(written) === registry) return withoutSlashes(written);
    return withoutSlashes(registry);
  }
}

const unset = publicByDefault('Yarn', 'setting');

function byDefault(why: string): Source {
  return { kind: 'default', why };
}

function choiceOf({ value, open, source, setting }: BerryEntry): RegistryChoice {
  const url = isPublicRegistry(value) ? null : withSlash(withoutCredentials(withoutUser(open)));
  return { url, source, key: setting.key };
}

/** Yarn takes one slash away when it picks the registry and one more when it looks for its settings (installs on 3.8.7 to 4.18.1). */
function withoutSlashes(url: string): string {
  return url.replace(/\/{1,2}$/, '');
}
