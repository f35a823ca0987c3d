import type { ClientStop } from '../../domain/client.ts';
import type { ClientNetwork } from '../../domain/client-network.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { printableText } from '../npmrc/printable-line.ts';
import { matchesGlob } from './berry-globs.ts';
import type { BerryGroup } from './berry-interpret.ts';
import type { BerrySettings } from './load-berry-settings.ts';

/**
 * Proxy and certificate settings as Yarn 2+ uses them; it takes no proxy from `HTTP_PROXY` and the like. What `networkSettings` says of the host
 * of the first private registry is put before the outermost level (@yarnpkg/core httpUtils). It follows ten redirects (got; run for real: 4.18).
 */
export function berryNetwork({ files }: ClientWorld, settings: BerrySettings): ClientNetwork {
  const first = [...settings.scopes.values()]
    .map((group) => group.get('npmRegistryServer')?.value)
    .concat(settings.single('npmRegistryServer')?.value)
    .find((url) => url !== undefined && URL.canParse(url));
  const groups = first === undefined ? [] : groupsFor(new URL(first).hostname, settings);
  const text = (name: string): string | null =>
    (groups.map((group) => group.get(name)).find((entry) => entry !== undefined) ?? settings.single(name))
      ?.value || null;
  const isThird = settings.rules.caSetting === 'caFilePath';
  // its settings of certificates do not reach a server behind a proxy (run for real: 3.8.7)
  const isBare = isThird && text('httpsProxy') !== null;
  // Yarn 3 speaks no TLS with a proxy, whatever its URL says (run for real: 3.8.7)
  const proxy = (name: string) => text(name)?.replace(/^https:/i, isThird ? 'http:' : '$&') ?? null;
  const [cert, key] = [textOf('httpsCertFilePath'), textOf('httpsKeyFilePath')];
  return {
    proxies: 'own',
    tunnelsHttp: true,
    ...(isThird ? { badEscapes: 'kept' } : {}),
    mostRedirects: 10,
    decodes: ['gzip', 'deflate', 'br'],
    proxy: proxy('httpProxy'),
    httpsProxy: proxy('httpsProxy'),
    noProxy: null,
    ca: [],
    ...(cert && key ? { certificate: { cert, key } } : {}),
    authorities: 'yarn-berry',
    cafile: isBare ? null : pathOf(settings.rules.caSetting),
    strictSsl: isBare || !isOff(settings.single('enableStrictSsl')?.value),
  };

  function textOf(name: string): string | null {
    const path = pathOf(name);
    const reading = path === null ? null : files.read(path);
    return reading?.kind === 'text' ? reading.text : null;
  }

  function pathOf(name: string): string | null {
    const group = groups.find((one) => one.has(name))?.get(name);
    return (group ?? settings.single(name))?.value ?? null;
  }
}

/** Why Yarn asks no such URL: the network is off, or it is http on a host that `unsafeHttpWhitelist` does not name (measured: y03, y15, y15b). */
export function berryRefusal(settings: BerrySettings) {
  return (url: string): ClientStop | null => {
    if (!URL.canParse(url)) return null;
    const { protocol, hostname } = new URL(url);
    const own = groupsFor(hostname, settings)
      .map((group) => group.get('enableNetwork'))
      .find((entry) => entry !== undefined);
    const network = own ?? settings.single('enableNetwork');
    if (network && isOff(network.value)) {
      const message = `Request to '${printableText(url)}' has been blocked because of your configuration settings`;
      return { code: 'YN0080', message, source: network.source };
    }
    if (protocol !== 'http:') return null;
    const { items, source } = settings.list('unsafeHttpWhitelist');
    if (items.some((pattern) => matchesGlob(hostname, pattern))) return null;
    return {
      code: 'YN0081',
      message: `Unsafe http requests must be explicitly whitelisted in your configuration (${hostname})`,
      source: source ?? { kind: 'default', why: 'unsafeHttpWhitelist names no host' },
    };
  };
}

/** The groups of `networkSettings` whose pattern takes a host, the longest pattern first. */
function groupsFor(hostname: string, settings: BerrySettings): readonly BerryGroup[] {
  return [...settings.networks]
    .filter(([pattern]) => matchesGlob(hostname, pattern))
    .sort(([a], [b]) => b.length - a.length)
    .map(([, group]) => group);
}

function isOff(value: string | undefined): boolean {
  return value === 'false' || value === '0';
}
