import type { ClientStop } from '../../domain/client.ts';
import { isRecord } from '../../domain/record.ts';
import type { SettingLayer } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import type { Variables } from '../npmrc/references.ts';
import { pnpmEntry, type RefusedEntry, variableIn } from './pnpm-entries.ts';
import { hasReference } from './pnpm-references.ts';
import type { PnpmRules } from './pnpm-rules.ts';
import { standardRegistry } from './pnpm-urls.ts';
import { mappingEntries } from './pnpm-yaml.ts';

/** A registry that `_auth` routes a scope to (`@`: packages that no scope routes). */
export interface AuthRoute {
  scope: string;
  url: string;
  source: Source;
}

/** What pnpm makes of one `_auth` setting. */
export interface AuthSetting {
  entries: readonly ConfigEntry[];
  routes: readonly AuthRoute[];
  /** Tokens with a reference that is sent as it stands (up to 11.27 and 12.6). */
  refused: readonly RefusedEntry[];
  stop: ClientStop | null;
}

export const noAuthSetting: AuthSetting = { entries: [], routes: [], refused: [], stop: null };

/** `pnpm_config__auth`: JSON of `{url: {"@scope": {"authToken": …}}}` (measured: n09; pnpm 11.10 and later). */
export function authVariable(
  variable: { name: string; value: string } | null,
  rules: PnpmRules,
  variables: Variables,
): AuthSetting {
  if (variable === null || rules.authSetting === 'none') return noAuthSetting;
  const source: Source = { kind: 'env', name: variable.name };
  try {
    return readAuthSetting(JSON.parse(variable.value), 'env', () => source, rules, variables);
  } catch {
    return { ...noAuthSetting, stop: invalid('is not JSON', source) };
  }
}

/** `_auth` of the global `config.yaml` (measured: n07). `source` gives the place of a registry and scope. */
export function readAuthSetting(
  value: unknown,
  layer: SettingLayer,
  source: (...keys: readonly string[]) => Source,
  rules: PnpmRules,
  variables: Variables,
): AuthSetting {
  if (value === undefined || value === null || rules.authSetting === 'none') return noAuthSetting;
  if (!isRecord(value)) return { ...noAuthSetting, stop: invalid('must be a mapping', source()) };
  const entries: ConfigEntry[] = [];
  const routes: AuthRoute[] = [];
  const refused: RefusedEntry[] = [];
  for (const [url, scopes] of mappingEntries(value)) {
    const registry = standardRegistry(url);
    if (registry === null || !isRecord(scopes)) {
      return { ...noAuthSetting, stop: invalid('has a key that is no registry URL', source(url)) };
    }
    for (const [scope, credentials] of mappingEntries(scopes)) {
      const place = source(url, scope);
      if (!scope.startsWith('@')) continue;
      const token = isRecord(credentials) ? credentials.authToken : undefined;
      if (typeof token !== 'string') {
        return { ...noAuthSetting, stop: invalid('takes nothing but a text as authToken', place) };
      }
      const key = `${registry.key}:${scope === '@' ? '' : `${scope}:`}_authToken`;
      const literal = rules.authSetting === 'literal';
      const plain = { ...rules, keyReferences: false };
      const { entry } = pnpmEntry(key, token, literal, layer, place, plain, variables);
      entries.push(entry);
      if (literal && hasReference(token)) {
        refused.push({ entry, variable: variableIn(entry), what: 'auth-setting' });
      }
      routes.push({ scope, url: registry.url, source: entry.source });
    }
  }
  return { entries, routes, refused, stop: null };
}

function invalid(why: string, source: Source): ClientStop {
  return { code: 'ERR_PNPM_INVALID_AUTH_SETTING', message: `the setting _auth ${why}`, source };
}
