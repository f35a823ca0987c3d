import type { Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { exemptionRuleOf } from '../../src/domain/exemption-rule.ts';
import { routeTo } from '../../src/io/proxy-settings.ts';
import { type Certificate, makeCertificate } from './support/certificates.ts';
import { answered, edge, failure, network, question, textOf, token } from './support/edge.ts';
import { freePort, serve, serveProxy, serveRaw } from './support/servers.ts';

let certificate: Certificate;
beforeAll(async () => {
  certificate = await makeCertificate();
});

const secureServer = () => serve((_, response) => response.end('{}'), certificate);
const trust = () => network({ ca: [certificate.authority] });

describe('an https server behind a proxy', () => {
  test('is reached through a tunnel that is opened once; the proxy sees no credential', async () => {
    const [proxy, server] = [await serveProxy(), await secureServer()];
    const http = edge({ network: trust(), env: { HTTPS_PROXY: proxy.url } });
    for (const path of ['a', 'b'])
      expect(answered(await http.ask(question(`${server.url}/${path}`))).status).toBe(200);
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
    expect(JSON.stringify(proxy.seen)).not.toContain(token);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  test('the proxy gets the user name and password of its URL, the server does not', async () => {
    const [proxy, server] = [await serveProxy({ password: 'me:p@ss' }), await secureServer()];
    const withPassword = proxy.url.replace('//', '//me:p%40ss@');
    const http = edge({ network: trust(), env: { https_proxy: withPassword } });
    expect(answered(await http.ask(question(server.url))).status).toBe(200);
    expect(server.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test.each([
    ['without a password', (url: string) => url],
    ['with a wrong one', (url: string) => url.replace('//', '//me:secretword@')],
  ])('%s the proxy refuses, and is named without it', async (_, change) => {
    const [proxy, server] = [await serveProxy({ password: 'me:right' }), await secureServer()];
    const http = edge({ network: trust(), env: { HTTPS_PROXY: change(proxy.url) } });
    const outcome = await http.ask(question(server.url));
    expect(failure(outcome)).toBe('proxy PROXY_407');
    expect(JSON.stringify(outcome)).not.toContain('secretword');
    expect(server.seen).toEqual([]);
  });

  test('that refuses', async () => {
    const [proxy, server] = [await serveProxy({ refuse: 403 }), await secureServer()];
    const http = edge({ network: trust(), env: { HTTPS_PROXY: proxy.url } });
    expect(failure(await http.ask(question(server.url)))).toBe('proxy PROXY_403');
  });

  test('that is not there', async () => {
    const server = await secureServer();
    const http = edge({ network: trust(), env: { HTTPS_PROXY: `http://127.0.0.1:${await freePort()}` } });
    expect(failure(await http.ask(question(server.url)))).toBe('proxy ECONNREFUSED');
  });

  test('that is not there, for an http URL', async () => {
    const http = edge({ env: { HTTP_PROXY: `http://127.0.0.1:${await freePort()}` } });
    const outcome = await http.ask(question('http://registry.example/'));
    expect(failure(outcome)).toBe('proxy ECONNREFUSED');
  });

  test.each([
    ['resets', 'reset ECONNRESET', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['stalls', 'timeout ETIMEDOUT', () => {}],
  ])('that %s for an http URL is named', async (_, expected, onSocket) => {
    const proxy = await serveRaw(onSocket);
    const http = edge({ timeout: 150, env: { HTTP_PROXY: proxy.url } });
    const outcome = await http.ask(question('http://registry.example/'));
    expect(failure(outcome)).toBe(expected);
    expect(outcome).toMatchObject({ proxy: `127.0.0.1:${proxy.port}` });
    const direct = await edge({ timeout: 150 }).ask(question(proxy.url));
    expect(direct).not.toHaveProperty('proxy');
  });

  test('that says nothing', async () => {
    const [proxy, server] = [await serveRaw(() => {}), await secureServer()];
    const http = edge({ network: trust(), timeout: 150, env: { HTTPS_PROXY: proxy.url } });
    expect(failure(await http.ask(question(server.url)))).toBe('timeout ETIMEDOUT');
  });

  test('that answers nonsense', async () => {
    const [proxy, server] = [await serveRaw((socket) => socket.end('hello\r\n\r\n')), await secureServer()];
    const http = edge({ network: trust(), env: { HTTPS_PROXY: proxy.url } });
    expect(failure(await http.ask(question(server.url)))).toMatch(/^proxy /);
  });

  test('the server has to be trusted as ever', async () => {
    const [proxy, server] = [await serveProxy(), await secureServer()];
    const http = edge({ env: { HTTPS_PROXY: proxy.url } });
    expect(failure(await http.ask(question(server.url)))).toMatch(/^tls /);
  });

  test('the proxy may speak https itself', async () => {
    const [proxy, server] = [await serveProxy({ certificate }), await secureServer()];
    const http = edge({ network: trust(), env: { HTTPS_PROXY: proxy.url } });
    expect(answered(await http.ask(question(server.url))).status).toBe(200);
    expect(proxy.url).toMatch(/^https/);
  });

  test('close ends a tunnel that is being opened', async () => {
    const proxy = await serveRaw(() => {});
    const http = edge({ env: { HTTPS_PROXY: proxy.url } });
    const outcome = http.ask(question('https://registry.example/'));
    await http.close();
    expect(await outcome).toMatchObject({ kind: 'skipped' });
  });
});

describe('an http server behind a proxy', () => {
  test('is reached through a tunnel by clients that open one for every URL', async () => {
    const [proxy, server] = [await serveProxy(), await serve((_, response) => response.end('{}'))];
    const settings = network({ proxies: 'own', proxy: proxy.url, tunnelsHttp: true });
    expect(answered(await edge({ network: settings }).ask(question(server.url))).status).toBe(200);
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
    expect(JSON.stringify(proxy.seen)).not.toContain(token);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  test('is not where the proxy opens none, as many do for other ports than 443', async () => {
    const proxy = await serveProxy({ refuse: 405 });
    const own = { proxies: 'own', proxy: proxy.url } as const;
    const url = 'http://registry.example/';
    const tunnelled = edge({ network: network({ ...own, tunnelsHttp: true }) });
    expect(failure(await tunnelled.ask(question(url)))).toBe('proxy PROXY_405');
    expect(proxy.tunnels).toEqual(['registry.example:80']);
    expect(answered(await edge({ network: network(own) }).ask(question(url))).status).toBe(200);
  });

  test('is asked for by its whole URL', async () => {
    const proxy = await serveProxy({ password: 'me:word' });
    const http = edge({ env: { HTTP_PROXY: proxy.url.replace('//', '//me:word@') } });
    expect(textOf(await http.ask(question('http://registry.example/a?b=1')))).toBe(
      'proxied http://registry.example/a?b=1',
    );
    expect(proxy.seen[0]?.headers.host).toBe('registry.example');
  });

  test('407 is the proxy speaking', async () => {
    const proxy = await serveProxy({ password: 'me:word' });
    const http = edge({ env: { HTTP_PROXY: proxy.url } });
    expect(failure(await http.ask(question('http://registry.example/')))).toBe('proxy PROXY_407');
  });

  test('but 407 without a proxy is an answer', async () => {
    const server = await serve((_, response) => response.writeHead(407).end());
    expect(answered(await edge().ask(question(server.url))).status).toBe(407);
  });

  test('a proxy that can not be meant is told', async () => {
    const http = edge({ env: { HTTPS_PROXY: 'socks5://127.0.0.1:1080' } });
    expect(failure(await http.ask(question('https://registry.example/')))).toBe('proxy PROXY_SCHEME');
  });
});

describe('a user or password with a % that begins no escape', () => {
  const withPassword = async (badEscapes?: 'kept' | 'dropped') => {
    const proxy = await serveProxy();
    const url = proxy.url.replace('//', '//me:pa%ss@');
    const settings = { proxies: 'own', proxy: url, ...(badEscapes && { badEscapes }) } as const;
    const outcome = await edge({ network: network(settings) }).ask(question('http://registry.example/'));
    return { outcome, sent: proxy.seen[0]?.headers['proxy-authorization'] };
  };

  test('ends clients that decode it; the report does not show it', async () => {
    const { outcome, sent } = await withPassword();
    expect(failure(outcome)).toBe('proxy PROXY_INVALID');
    expect(JSON.stringify(outcome)).not.toContain('pa%ss');
    expect(sent).toBeUndefined();
  });

  test.each([
    ['kept', `Basic ${Buffer.from('me:pa%ss').toString('base64')}`],
    ['dropped', undefined],
  ] as const)('is %s by others', async (badEscapes, expected) => {
    const { outcome, sent } = await withPassword(badEscapes);
    expect(answered(outcome).status).toBe(200);
    expect(sent).toBe(expected);
  });
});

describe('a proxy of a user without a password', () => {
  test.each([
    [undefined, 'me@', 'me:'],
    ['always', 'me@', 'me'],
    ['always', 'me:@', 'me'],
    ['always', 'me:word@', 'me:word'],
    ['as-written', 'me@', 'me'],
    ['as-written', 'me:@', 'me:'],
  ] as const)('%s %s: %s', (sendsLoneUser, given, expected) => {
    const settings = {
      proxies: 'own',
      proxy: `http://${given}proxy.example`,
      ...(sendsLoneUser && { sendsLoneUser }),
    } as const;
    const route = routeTo(new URL('http://r.example/'), network(settings), {});
    expect(route).toMatchObject({ authorization: `Basic ${Buffer.from(expected).toString('base64')}` });
  });
});

test.each([
  ['/path', 'unusable'],
  ['/?query', 'unusable'],
  ['/', 'proxy'],
  ['', 'proxy'],
])('a proxy with %j behind its host, where the client takes no path: %s', (path, kind) => {
  const proxy = `http://proxy.example:3128${path}`;
  const routeOf = (more: Parameters<typeof network>[0]) =>
    routeTo(new URL('http://r.example/'), network({ proxies: 'own', proxy, ...more }), {});
  expect(routeOf({ refusesProxyPath: true }).kind).toBe(kind);
  expect(routeOf({}).kind).toBe('proxy');
});

describe('a SOCKS proxy', () => {
  test.each([
    [{ speaksSocks: true } as const, 'proxy PROXY_SOCKS'],
    [{}, 'proxy PROXY_SCHEME'],
  ])('with %o: %s', async (more, expected) => {
    const settings = network({ proxies: 'own', httpsProxy: 'socks5://127.0.0.1:1080', ...more });
    expect(failure(await edge({ network: settings }).ask(question('https://registry.example/')))).toBe(
      expected,
    );
  });
});

test('a tunnel is open with status 200 alone', async () => {
  const proxy = await serveProxy({ refuse: 201 });
  const http = edge({ network: network({ proxies: 'own', httpsProxy: proxy.url }) });
  expect(failure(await http.ask(question('https://registry.example/')))).toBe('proxy PROXY_201');
});

const proxyOf = (url: string, env: Record<string, string>, settings = network({})) => {
  const route = routeTo(new URL(url), settings, env);
  return route.kind === 'proxy' ? route.url.host : route.kind;
};

describe('the proxy for a URL', () => {
  const one = 'http://one.example:3128';
  const two = 'http://two.example:3128';
  const three = 'http://three.example:3128';
  test.each<[string, Record<string, string>, Parameters<typeof network>[0], string]>([
    ['https://r.example/', {}, {}, 'direct'],
    ['https://r.example/', { HTTPS_PROXY: one }, {}, 'one.example:3128'],
    ['https://r.example/', { https_proxy: one, HTTPS_PROXY: two }, {}, 'one.example:3128'],
    ['https://r.example/', { HTTP_PROXY: one }, {}, 'direct'],
    ['https://r.example/', { HTTPS_PROXY: '' }, {}, 'direct'],
    ['http://r.example/', { HTTP_PROXY: one }, {}, 'one.example:3128'],
    ['http://r.example/', { HTTP_PROXY: one, HTTPS_PROXY: two }, {}, 'two.example:3128'],
    ['http://r.example/', { PROXY: one }, {}, 'one.example:3128'],
    ['https://r.example/', { HTTPS_PROXY: one }, { proxy: two }, 'two.example:3128'],
    ['https://r.example/', { HTTPS_PROXY: one }, { proxy: two, httpsProxy: three }, 'three.example:3128'],
    [
      'https://r.example/',
      { HTTPS_PROXY: one, NO_PROXY: 'r.example' },
      { noProxy: 'x.example' },
      'one.example:3128',
    ],
    ['https://r.example/', { HTTPS_PROXY: 'no url' }, {}, 'unusable'],
    ['https://r.example/', { HTTPS_PROXY: 'proxy.example:3128' }, {}, 'unusable'],
    ['https://r.example/', {}, { proxies: 'own', httpsProxy: '  ' }, 'unusable'],
    ['http://r.example/', {}, { proxies: 'own', httpsProxy: '  ', proxy: one }, 'one.example:3128'],
    ['https://r.example/', {}, { proxies: 'own', httpsProxy: '' }, 'direct'],
    ['https://r.example/', { HTTPS_PROXY: '  ' }, {}, 'direct'],
  ])('%s with %o and %o', (url, env, settings, expected) => {
    expect(proxyOf(url, env, network(settings))).toBe(expected);
  });

  test.each([
    ['*', true],
    ['r.example', true],
    ['R.Example', true],
    ['example', true],
    ['.example', true],
    ['*.example', true],
    ['x.example, r.example', true],
    ['x.example r.example', true],
    ['r.example:8443', true],
    ['r.example:443', false],
    ['r.example.', true],
    ['sub.r.example', false],
    ['.r.example', true],
    ['ample', false],
    ['evil-r.example', false],
    ['', false],
    [',', false],
    [':8443', false],
  ])('NO_PROXY=%s exempts r.example:8443: %s', (list, exempt) => {
    const found = proxyOf('https://r.example:8443/', { HTTPS_PROXY: one, no_proxy: list });
    expect(found).toBe(exempt ? 'direct' : 'one.example:3128');
  });

  test.each([
    ['*', false],
    ['r.example:8443', false],
    ['r.example', true],
    ['example', true],
    ['.example', true],
    ['*.example', false],
    ['x.example, r.example', true],
    ['x.example r.example', false],
    ['sub.r.example', false],
    ['ample', false],
    ['.', false],
    ['', false],
  ])('as npm reads it, NO_PROXY=%s exempts r.example:8443: %s', (list, exempt) => {
    const env = { HTTPS_PROXY: one, NO_PROXY: list };
    const route = routeTo(new URL('https://r.example:8443/'), null, env, 'npm');
    expect(route.kind).toBe(exempt ? 'direct' : 'proxy');
  });

  test.each([
    ['*', true],
    ['x.example,*', false],
    ['*.example', false],
    ['r.example', true],
    ['.Example', true],
    ['x.example, r.example', true],
    ['x.example r.example', false],
    ['r.example:8443', true],
    ['r.example:443', false],
    ['ample', false],
    ['sub.r.example', false],
    ['', false],
    [',', false],
  ])('as Yarn 1 reads it, NO_PROXY=%s exempts r.example:8443: %s', (list, exempt) => {
    const settings = network({ proxies: 'own', httpsProxy: one, noProxy: list });
    const route = routeTo(new URL('https://r.example:8443/'), settings, {}, exemptionRuleOf('yarn'));
    expect(route.kind).toBe(exempt ? 'direct' : 'proxy');
  });

  test.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', 'r.example, 10.1.0.0/16', true],
    ['10.1.2.3', '10.1.2.3/32', true],
    ['10.1.2.3', '10.1.2.3:443', true],
    ['10.1.2.3', '10.2.0.0/16', false],
    ['10.1.2.3', '10.0.0.0/33', false],
    ['10.1.2.3', '10.0.0.0/x', false],
    ['10.1.2.3', '10.0.0.0/', false],
    ['[::1]', '0:0:0:0:0:0:0:1', true],
    ['[fd00::5]', 'fd00::/8', true],
    ['[fe00::5]', 'fd00::/8', false],
    ['r.example', '0.0.0.0/0', false],
    ['r.example', '.example', true],
  ])('as Bun reads it, for %s NO_PROXY=%s: %s', (host, list, exempt) => {
    const routeBy = (rule: ReturnType<typeof exemptionRuleOf>) =>
      routeTo(new URL(`https://${host}/`), null, { HTTPS_PROXY: one, NO_PROXY: list }, rule).kind;
    expect(routeBy(exemptionRuleOf('bun'))).toBe(exempt ? 'direct' : 'proxy');
    if (list.includes('/')) expect(routeBy(exemptionRuleOf('yarn-berry'))).toBe('proxy');
  });

  test.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.1:443', true],
    ['127.0.0.1', '10.0.0.1', false],
    ['[::1]', '::1', true],
    ['[::1]', '[::1]:443', true],
    ['[::1]', '[::1]:80', false],
    ['r.example', 'r.example:443', true],
  ])('for %s NO_PROXY=%s: %s', (host, list, exempt) => {
    expect(proxyOf(`https://${host}/`, { HTTPS_PROXY: one, NO_PROXY: list }) === 'direct').toBe(exempt);
  });
});
