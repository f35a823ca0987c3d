import type { ClientNetwork } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { pemCertificates } from '../pem-certificates.ts';
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
    passesByteOrderMark: true,
    decodes: ['gzip', 'x-gzip', 'deflate', 'br', 'zstd'],
    endsAtReset: true,
    proxy: withScheme(variable('http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY')),
    httpsProxy: withScheme(variable('https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY')),
    noProxy: variable('no_proxy', 'NO_PROXY'),
    ca: pemCertificates((ca ?? [settings.npmrc.get('ca')?.value ?? '']).join('\n')),
    cafile: bunCafile(world, settings),
    authorityFile: world.env.SSL_CERT_FILE || null,
    strictSsl: settings.variables('NODE_TLS_REJECT_UNAUTHORIZED') !== '0',
  };
}
