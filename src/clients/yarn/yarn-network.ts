import type { ClientNetwork } from '../../domain/client-network.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import type { ConfigEntry } from '../npmrc/config-entry.ts';
import { ownCertificate } from '../npmrc/near-certificates.ts';
import { pathsOf } from '../world-paths.ts';
import type { YarnSettings } from './yarn-settings.ts';

/**
 * Proxy and certificate settings as Yarn 1 uses them: its own before npm's; `https-proxy` falls back to `proxy`, both to the variables in
 * upper or lower case; `false` means none. `strict-ssl` counts only among its own settings, and `noproxy` not at all
 * (Yarn 1.22 Config, RequestManager; request, which follows ten redirects).
 */
export function yarnNetwork(world: ClientWorld, { npm, own }: YarnSettings): ClientNetwork {
  const { env } = world;
  const variable = (...names: string[]) => names.map((name) => env[name]).find((value) => value) ?? null;
  const option = (key: string) => own.get(key) ?? npm.get(key);
  const http = option('proxy');
  const https = option('https-proxy');
  const secure = https?.value || off(https) ? https : http;
  const strict = own.get('strict-ssl');
  const cafile = option('cafile')?.value;
  const ca = option('ca')?.value;
  return {
    proxies: 'own',
    mostRedirects: 10,
    needsDigest: true,
    decodes: ['gzip', 'deflate'],
    sendsLoneUser: 'as-written',
    proxy: http?.value || (off(http) ? null : variable('HTTP_PROXY', 'http_proxy')),
    httpsProxy:
      secure?.value ||
      (off(secure) ? null : variable('HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy')),
    noProxy: http?.value || secure?.value ? null : variable('NO_PROXY', 'no_proxy'),
    ca: ca ? [ca] : [],
    ...ownCertificate(world, new Map([...npm, ...own])),
    authorities: 'yarn',
    cafile: cafile ? resolved(world, cafile) : null,
    strictSsl: strict === undefined || strict.value !== '',
  };
}

function off(entry: ConfigEntry | undefined): boolean {
  return entry?.raw === 'false';
}

/** `~/` is the home folder (root has another one for its settings); other paths count from the folder it runs in. */
function resolved(world: ClientWorld, written: string): string {
  const paths = pathsOf(world);
  const home = world.rootUser ? '/usr/local/share' : world.home;
  const inHome = world.platform === 'win32' ? /^~[/\\]/ : /^~\//;
  return inHome.test(written)
    ? paths.resolve(home, written.slice(2))
    : paths.resolve(world.projectDirectory, written);
}
