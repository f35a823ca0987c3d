import type { ClientNetwork } from '../../domain/client-network.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { withScheme } from '../proxy-with-scheme.ts';
import { namedPath } from './bun-paths.ts';
import type { BunSettings } from './bun-settings.ts';

/** A file of certificates that Bun reads, and the settings' name for it. */
export function bunCafile(world: ClientWorld, settings: BunSettings): string | null {
  const named = settings.bunfigs.map(({ bunfig }) => bunfig.cafile).find((path) => path !== null);
  const path = named ?? (settings.npmrc.get('cafile')?.value || null);
  return path === null ? null : namedPath(world, path, world.workspaceRoot);
}

/** Proxy and certificates as Bun takes them: proxies from variables only, certificates of bunfig.toml before those of `.npmrc` (run for real: Bun 1.4.5). */
export function bunNetwork(world: ClientWorld, settings: BunSettings): ClientNetwork {
  const variable = (...names: string[]) => names.map(settings.variables).find((value) => value) ?? null;
  const ca = settings.bunfigs.map(({ bunfig }) => bunfig.ca).find((texts) => texts.length > 0);
  return {
    proxies: 'own',
    authorities: 'bun',
    badEscapes: 'dropped',
    passesByteOrderMark: true,
    decodes: ['gzip', 'x-gzip', 'deflate', 'br', 'zstd'],
    endsAtReset: true,
    readsNoFurther: true,
    longestHead: 1024 * 1024,
    proxy: withScheme(variable('http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY')),
    httpsProxy: withScheme(variable('https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY')),
    noProxy: variable('no_proxy', 'NO_PROXY'),
    ca: ca ?? textOf(settings.npmrc.get('ca')),
    cafile: bunCafile(world, settings),
    strictSsl: settings.variables('NODE_TLS_REJECT_UNAUTHORIZED') !== '0',
  };
}

/** Any text but `null` and the like is one, so an empty one trusts nobody. */
function textOf(entry: ConfigEntry | undefined): readonly string[] {
  return entry === undefined || (entry.value === '' && entry.raw !== '') ? [] : [entry.value];
}
