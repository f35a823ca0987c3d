import { describe, expect, test } from 'vitest';
import { redirectOf } from '../../src/io/redirect-rule.ts';
import { makeCertificate } from './support/certificates.ts';
import { answered, edge, failure, network, question, textOf, token } from './support/edge.ts';
import { serve, type TestServer } from './support/servers.ts';

const all = { redirects: 'all' } as const;
const bearer = `Bearer ${token}`;

function redirecting(to: (path: string) => string | undefined, status = 302): Promise<TestServer> {
  return serve((request, response) => {
    const location = to(request.url ?? '');
    if (location === undefined) response.end('arrived');
    else response.writeHead(status, { location }).end('moved');
  });
}

describe('within the origin', () => {
  test.each([301, 302, 303, 307, 308])('a %i is followed with the credential', async (status) => {
    const server = await redirecting((path) => (path === '/a' ? '/b?x=1' : undefined), status);
    const outcome = answered(await edge().ask(question(`${server.url}/a`)));
    expect(outcome).toMatchObject({ status: 200, url: `${server.url}/b` });
    expect(outcome.hops).toEqual([{ status, to: `${server.url}/b`, followed: true }]);
    expect(server.seen.map((request) => request.headers.authorization)).toEqual([bearer, bearer]);
    expect(server.seen[1]?.url).toBe('/b?x=1');
  });

  test.each([300, 304, 305])('a %i is the answer', async (status) => {
    const server = await redirecting(() => '/b', status);
    expect(answered(await edge().ask(question(server.url)))).toMatchObject({ status, hops: [] });
  });

  test('a redirect without a location is the answer', async () => {
    const server = await serve((_, response) => response.writeHead(302).end('nowhere'));
    expect(answered(await edge().ask(question(server.url)))).toMatchObject({ status: 302, hops: [] });
  });
});

describe('to another origin', () => {
  test('a question for its own origin stops, with the redirect as its answer', async () => {
    const other = await redirecting(() => undefined);
    const server = await redirecting(() => `${other.url.replace('//', '//u:p@')}/x?token=1`);
    const outcome = answered(await edge().ask(question(`${server.url}/a`)));
    expect(outcome).toMatchObject({ status: 302, url: `${server.url}/a`, body: { text: 'moved' } });
    expect(outcome.hops).toEqual([{ status: 302, to: `${other.url}/x`, followed: false }]);
    expect(outcome.headers.location).toBe(`${other.url}/x`);
    expect(other.seen).toEqual([]);
  });

  test('another port of the same name counts as one: followed without the credential', async () => {
    const other = await redirecting(() => undefined);
    const server = await redirecting(() => `${other.url}/x?signature=1`);
    const outcome = answered(await edge().ask(question(server.url, all)));
    expect(outcome).toMatchObject({ status: 200, url: `${other.url}/x` });
    expect(outcome.hops).toEqual([{ status: 302, to: `${other.url}/x`, followed: true }]);
    expect(other.seen[0]).toMatchObject({ url: '/x?signature=1' });
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization');
  });

  test.each(['job-token-header', 'private-token-header'] as const)('no %s goes along', async (kind) => {
    const other = await redirecting(() => undefined);
    const server = await redirecting(() => other.url);
    const { authorization } = question(server.url);
    const secret = authorization.kind === 'bearer' ? authorization.secret : undefined;
    if (secret === undefined) throw new Error('no secret');
    await edge().ask(question(server.url, { ...all, authorization: { kind, secret } }));
    expect(JSON.stringify(other.seen)).not.toContain(token);
  });

  test('and back again the credential stays away', async () => {
    const servers: { home?: TestServer } = {};
    const other = await redirecting(() => `${servers.home?.url}/home`);
    servers.home = await redirecting((path) => (path === '/home' ? undefined : other.url));
    expect(textOf(await edge().ask(question(`${servers.home.url}/away`, all)))).toBe('arrived');
    expect(servers.home.seen.map((request) => request.headers.authorization)).toEqual([bearer, undefined]);
  });

  test('an upgrade to https of the same host, on the default ports, keeps the credential and counts as the own origin', async () => {
    const secure = await redirecting(() => undefined);
    const plain = await redirecting(() => 'https://gitlab.example/x');
    const routes: Record<string, string> = {
      'http://gitlab.example': plain.url,
      'https://gitlab.example': secure.url,
    };
    const http = edge({ reroute: (origin) => routes[origin] ?? origin });
    expect(answered(await http.ask(question('http://gitlab.example/x'))).url).toBe(
      'https://gitlab.example/x',
    );
    expect(secure.seen[0]?.headers.authorization).toBe(bearer);
  });

  test('an upgrade to another port does not', async () => {
    const certificate = await makeCertificate();
    const secure = await serve((_, response) => response.end('arrived'), certificate);
    const plain = await redirecting(() => secure.url);
    const http = edge({ network: network({ ca: [certificate.authority] }) });
    expect(answered(await http.ask(question(plain.url))).status).toBe(302);
    expect(textOf(await http.ask(question(plain.url, all)))).toBe('arrived');
    expect(secure.seen).toHaveLength(1);
    expect(secure.seen[0]?.headers).not.toHaveProperty('authorization');
  });
});

test.each([
  ['https://h.example/', 'https://h.example:443/x', true],
  ['http://h.example/', 'https://h.example/x', true],
  ['http://h.example/', 'https://H.EXAMPLE/x', true],
  ['http://h.example/', 'https://h.example:8443/x', false],
  ['http://h.example:8080/', 'https://h.example/x', false],
  ['https://h.example/', 'http://h.example/x', false],
  ['https://h.example/', 'https://h.example:8443/x', false],
  ['https://h.example/', 'https://sub.h.example/x', false],
  ['https://h.example/', 'https://h.example.evil.example/', false],
  ['https://h.example/', '//evil.example/', false],
  ['https://h.example/', '\\\\evil.example\\', false],
  ['https://h.example/', 'https://h.example@evil.example/', false],
])('from %s to %s: the credential goes along is %s', (from, to, samePlace) => {
  expect(redirectOf(302, to, new URL(from))).toMatchObject({ kind: 'to', samePlace });
});

describe('without end', () => {
  test('a circle is told once each address was asked twice', async () => {
    const server = await redirecting((path) => (path === '/a' ? '/b' : '/a'));
    expect(failure(await edge().ask(question(`${server.url}/a`)))).toBe('redirects REDIRECT_LOOP');
    expect(server.seen).toHaveLength(4);
  });

  test.each([
    ['twenty hops are followed', 20, {}],
    ['ten where the client follows no more', 10, { mostRedirects: 10 }],
  ])('%s, one more is not', async (_, most, habits) => {
    const server = await redirecting((path) => {
      const left = Number(path.slice(1));
      return left > 0 ? `/${left - 1}` : undefined;
    });
    const http = edge({ network: network(habits) });
    expect(textOf(await http.ask(question(`${server.url}/${most}`)))).toBe('arrived');
    expect(failure(await http.ask(question(`${server.url}/${most + 1}`)))).toBe(
      'redirects TOO_MANY_REDIRECTS',
    );
  });
});

test.each([
  ['ftp://x.example/', 'redirects REDIRECT_SCHEME'],
  ['javascript:alert(1)', 'redirects REDIRECT_SCHEME'],
  ['http://[', 'redirects REDIRECT_INVALID'],
])('a location %s is told', async (location, expected) => {
  const server = await redirecting(() => location);
  expect(failure(await edge().ask(question(server.url, all)))).toBe(expected);
});
