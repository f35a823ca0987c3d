import { BlockList, isIP } from 'node:net';
import type { ClientNetwork } from '../domain/client-network.ts';
import type { ExemptionRule } from '../domain/exemption-rule.ts';
import { percentDecoded } from '../domain/percent-form.ts';

/** The way to a URL. `authorization` is the value of a `Proxy-Authorization` header; `url` holds no user information. */
export type Route =
  | { kind: 'direct' }
  | { kind: 'proxy'; url: URL; authorization: string | null }
  | { kind: 'unusable'; code: string; why: string };

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL. A client says in `network` which proxy it has for each scheme, the variables that it reads included (measured on
 * real installs). Without one its settings come first, the https proxy before the http one for either kind of URL; then `HTTPS_PROXY`, and
 * for http URLs also `HTTP_PROXY` and `PROXY`, lower-case names first. `NO_PROXY` or the client's list takes hosts out.
 */
export function routeTo(
  url: URL,
  network: ClientNetwork | null,
  env: EnvironmentVariables,
  rule: ExemptionRule = 'general',
): Route {
  const secure = url.protocol === 'https:';
  const own = network?.proxies === 'own';
  const given = own ? (secure ? network.httpsProxy : network.proxy) : null;
  // a client does not get over a variable of blanks (run for real: npm 10 and 11, pnpm 9 to 12, Bun)
  if (given !== null && given !== '' && filled(given) === null) return readProxy(given, network);
  const proxy = own
    ? filled(given)
    : (filled(network?.httpsProxy) ??
      filled(network?.proxy) ??
      variable(env, 'https_proxy') ??
      (secure ? null : (variable(env, 'http_proxy') ?? variable(env, 'proxy'))));
  if (proxy === null) return { kind: 'direct' };
  const list = filled(network?.noProxy) ?? (own ? null : variable(env, 'no_proxy')) ?? '';
  return exemptions[rule](url, list) ? { kind: 'direct' } : readProxy(proxy, network);
}

function readProxy(text: string, network: ClientNetwork | null): Route {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { kind: 'unusable', code: 'PROXY_INVALID', why: 'the proxy setting is no URL' };
  }
  if (network?.speaksSocks && /^socks/.test(url.protocol)) {
    const why = `the proxy ${url.host} speaks SOCKS, which this program does not`;
    return { kind: 'unusable', code: 'PROXY_SOCKS', why };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const why = `the proxy setting has the scheme ${url.protocol.slice(0, -1)}, not http or https`;
    return { kind: 'unusable', code: 'PROXY_SCHEME', why };
  }
  if (network?.refusesProxyPath && `${url.pathname}${url.search}${url.hash}` !== '/') {
    const why = `the proxy setting names more than the host ${url.host}, which this client does not take (invalid url)`;
    return { kind: 'unusable', code: 'PROXY_INVALID', why };
  }
  const user = percentDecoded(url.username);
  const password = percentDecoded(url.password);
  const isBroken =
    (user === url.username && user.includes('%')) || (password === url.password && password.includes('%'));
  if (isBroken && network?.proxies === 'own' && !network.badEscapes) {
    const why =
      'user or password of the proxy setting hold a % that begins no escape (URI malformed): write %25';
    return { kind: 'unusable', code: 'PROXY_INVALID', why };
  }
  const { sendsLoneUser } = network ?? {};
  const isLone = sendsLoneUser === 'always' || (sendsLoneUser === 'as-written' && !text.includes(':@'));
  const pair = isLone && password === '' ? user : `${user}:${password}`;
  const authorization =
    (user === '' && password === '') || (isBroken && network?.badEscapes === 'dropped')
      ? null
      : `Basic ${Buffer.from(pair).toString('base64')}`;
  return { kind: 'proxy', url: new URL(url.origin), authorization };
}

/**
 * Whether a list exempts the URL's host. Entries are split at commas and blanks: `*` for all, a host name for itself and what
 * lies below it (with or without a leading dot or `*.`), each with an optional `:port`.
 */
function isExempt(url: URL, list: string): boolean {
  const host = bare(url.hostname.toLowerCase());
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '') return false;
      if (entry === '*') return true;
      const [, name = '', onlyPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      const suffix = bare(name).replace(/^\*?\./, '');
      return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
    });
}

/** Compares the names part by part from the right, as written. */
function isExemptForNpm(url: URL, list: string): boolean {
  const host = url.hostname.split('.').reverse();
  return list.split(',').some((entry) => {
    const parts = entry.trim().split('.').filter(Boolean).reverse();
    return parts.length > 0 && parts.every((part, index) => part === host[index]);
  });
}

/** Ends of names, as `request` compares them: the first place where the entry stands in the name has to be its end; `*` counts alone only. */
function isExemptForYarn(url: URL, list: string): boolean {
  if (list === '*') return true;
  const host = dotted(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list.split(',').some((entry) => {
    const [name = '', onlyPort] = entry.trim().toLowerCase().split(':', 2);
    const end = dotted(name);
    const place = host.indexOf(end);
    const fits = place !== -1 && place === host.length - end.length;
    return fits && (onlyPort === undefined || onlyPort === port);
  });
}

const exemptions: Readonly<Record<ExemptionRule, (url: URL, list: string) => boolean>> = {
  general: isExempt,
  npm: isExemptForNpm,
  yarn: isExemptForYarn,
  bun: isExemptForBun,
};

function isExemptForBun(url: URL, list: string): boolean {
  const host = bare(url.hostname);
  const networks = new BlockList();
  for (const entry of list.split(/[\s,]+/)) {
    const [address = '', bits] = entry.split('/', 2);
    const family = familyOf(address);
    if (family === null) continue;
    const most = family === 'ipv4' ? 32 : 128;
    const length = bits === undefined ? most : /^\d+$/.test(bits) ? Number(bits) : Number.NaN;
    if (length <= most) networks.addSubnet(address, length, family);
  }
  const family = familyOf(host);
  return isExempt(url, list) || (family !== null && networks.check(host, family));
}

function familyOf(text: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(text);
  return version === 0 ? null : version === 4 ? 'ipv4' : 'ipv6';
}

function dotted(host: string): string {
  return host.replace(/^\.*/, '.').toLowerCase();
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function variable(env: EnvironmentVariables, name: string): string | null {
  return filled(env[name]) ?? filled(env[name.toUpperCase()]);
}

function filled(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === '' ? null : text.trim();
}
