import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Authorization } from '../../src/domain/credential.ts';
import { Secret } from '../../src/domain/secret.ts';
import { answered, digest, edge, failure, question, textOf, token } from './support/edge.ts';
import { serve } from './support/servers.ts';

describe('an answer', () => {
  test('has status, headers, body, and a URL without user information and query', async () => {
    const server = await serve((_, response) => {
      response
        .writeHead(200, { 'Content-Type': 'application/json', 'Set-Cookie': 's=1' })
        .end('{"name":"x"}');
    });
    const url = `${server.url.replace('//', '//me:word@')}/api/v4/%40acme%2flib?private_token=abc#top`;
    const outcome = answered(await edge().ask(question(url)));
    expect(outcome).toMatchObject({
      status: 200,
      url: `${server.url}/api/v4/%40acme%2flib`,
      hops: [],
      attempts: 1,
      body: { kind: 'text', text: '{"name":"x"}', complete: true },
    });
    expect(outcome.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(outcome.headers).not.toHaveProperty('set-cookie');
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/api/v4/%40acme%2flib?private_token=abc' });
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'user-agent': 'npmrc-preflight/0.0.0-test',
    });
  });

  test.each(['tostring', '__proto__', 'constructor'])(
    'with a header named %s is an outcome',
    async (name) => {
      const server = await serve((_, response) => {
        response.setHeader(name, 'x').end('ok');
      });
      expect(failure(await edge().ask(question(server.url)))).toMatch(/^(answered|protocol )/);
      expect(Object.keys({})).toEqual([]);
    },
  );

  test('keeps no query of a location or link', async () => {
    const server = await serve((_, response) => {
      response.writeHead(201, {
        location: 'https://u:p@x.example/a?sig=1',
        link: '<https://x.example/?t=2>; rel="next"',
      });
      response.end();
    });
    const { headers } = answered(await edge().ask(question(server.url)));
    expect(headers).toMatchObject({
      location: 'https://x.example/a',
      link: '<https://x.example/>; rel="next"',
    });
  });
});

describe('the credential header', () => {
  const secret = new Secret('pass word');
  test.each<[Authorization, Record<string, string>]>([
    [{ kind: 'bearer', secret }, { authorization: 'Bearer pass word' }],
    [{ kind: 'encoded-basic', secret: new Secret('dTpw') }, { authorization: 'Basic dTpw' }],
    [{ kind: 'basic', user: 'u', secret: new Secret('p') }, { authorization: 'Basic dTpw' }],
    [{ kind: 'job-token-header', secret }, { 'job-token': 'pass word' }],
    [{ kind: 'private-token-header', secret }, { 'private-token': 'pass word' }],
    [{ kind: 'text', text: '${CI_JOB_TOKEN}' }, { authorization: 'Bearer ${CI_JOB_TOKEN}' }],
  ])('of %o', async (authorization, expected) => {
    const server = await serve((_, response) => response.end());
    await edge().ask(question(server.url, { authorization }));
    expect(server.seen[0]?.headers).toMatchObject(expected);
  });

  test('is absent when there is no credential', async () => {
    const server = await serve((_, response) => response.end());
    await edge().ask(question(server.url, { authorization: { kind: 'none' } }));
    expect(server.seen[0]?.headers).not.toHaveProperty('authorization');
  });

  test.each(['abc\r\nx-evil: 1', 'abc\n', 'abc\0def', 'ab\tc', 'abc\u{1f600}', 'abc\u200b'])(
    'is never sent nor thrown at when it holds %j',
    async (value) => {
      const server = await serve((_, response) => response.end());
      const outcome = await edge().ask(
        question(server.url, { authorization: { kind: 'bearer', secret: new Secret(value) } }),
      );
      expect(outcome).toEqual({
        kind: 'skipped',
        why: 'the credential holds a character that no header can carry',
      });
      expect(server.seen).toEqual([]);
    },
  );
});

test.each(['', 'no url', 'ftp://x.example/', 'http://', 'file:///etc/passwd'])(
  '%j is skipped',
  async (url) => {
    expect(await edge().ask(question(url))).toMatchObject({ kind: 'skipped' });
  },
);

describe('the same question', () => {
  test('is asked once, at the same time and later, whatever probe asks and whichever object holds the secret', async () => {
    const server = await serve((_, response) => response.end('x'));
    const http = edge();
    const [first, second] = await Promise.all([
      http.ask(question(server.url)),
      http.ask(question(server.url, { probe: 'other' })),
    ]);
    const third = await http.ask(question(server.url));
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    { accept: '*/*' },
    { authorization: { kind: 'none' } as const },
    { authorization: { kind: 'bearer', secret: new Secret('another-token') } as const },
    { authorization: { kind: 'job-token-header', secret: new Secret(token) } as const },
    { redirects: 'all' as const },
    digest,
  ])('is another one with %o', async (change) => {
    const server = await serve((_, response) => response.end('x'));
    const http = edge();
    await Promise.all([http.ask(question(server.url)), http.ask(question(server.url, change))]);
    expect(server.seen).toHaveLength(2);
  });
});

describe('connections', () => {
  test('are few and used again; the rest waits its turn', async () => {
    let active = 0;
    let most = 0;
    const server = await serve((_, response) => {
      active += 1;
      most = Math.max(most, active);
      setImmediate(() => {
        active -= 1;
        response.end('{}');
      });
    });
    const http = edge({ concurrency: 4 });
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => http.ask(question(`${server.url}/${index}`))),
    );
    expect(outcomes.every((outcome) => answered(outcome).status === 200)).toBe(true);
    expect(server.sockets()).toBeLessThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(4);
    expect(http.stats()).toMatchObject({ count: 100, bytes: 200 });
  });

  test('go on one after the other over one socket', async () => {
    const server = await serve((_, response) => response.end('{}'));
    const http = edge();
    for (const path of ['a', 'b', 'c']) await http.ask(question(`${server.url}/${path}`, digest));
    expect(server.sockets()).toBe(1);
  });

  test('go to another origin on request, while all that is said and sent names the original one', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/start') response.writeHead(302, { location: '/end' }).end();
      else response.end(`asked as ${request.headers.host}`);
    });
    const http = edge({ reroute: (origin) => (origin === 'https://gitlab.example' ? server.url : origin) });
    const outcome = answered(await http.ask(question('https://gitlab.example/start')));
    expect(outcome.url).toBe('https://gitlab.example/end');
    expect(outcome.hops).toEqual([{ status: 302, to: 'https://gitlab.example/end', followed: true }]);
    expect(textOf(outcome)).toBe('asked as gitlab.example');
    expect(server.seen[1]?.headers.authorization).toBe(`Bearer ${token}`);
  });
});

describe('a text body', () => {
  const long = 'a'.repeat(50_000);

  test('ends at its limit and says so; at exactly the limit it is complete', async () => {
    const server = await serve((_, response) => response.end(long));
    const http = edge();
    const read = (limit: number) => ({ read: { kind: 'text', limit } as const });
    expect(answered(await http.ask(question(server.url, read(49_999)))).body).toEqual({
      kind: 'text',
      text: long.slice(1),
      complete: false,
    });
    expect(answered(await http.ask(question(server.url, read(50_000)))).body).toMatchObject({
      complete: true,
    });
  });

  test('without end is cut off', async () => {
    const server = await serve((_, response) => {
      const more = () => {
        while (response.write(long)) if (response.destroyed) return;
        response.once('drain', more);
      };
      more();
    });
    const { body } = answered(await edge().ask(question(server.url)));
    expect(body).toMatchObject({ kind: 'text', complete: false });
    expect(textOf({ ...answered(await edge().ask(question(server.url))), body })).toHaveLength(10_000);
  });

  test.each([
    ['gzip', gzipSync('héllo')],
    ['br', brotliCompressSync('héllo')],
    ['deflate', deflateSync('héllo')],
    ['deflate', deflateRawSync('héllo')],
    ['GZIP', gzipSync('héllo')],
  ])('is decoded from %s', async (encoding, bytes) => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    );
    expect(textOf(await edge().ask(question(server.url)))).toBe('héllo');
    expect(server.seen[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
  });

  test('that unpacks to far more than its limit is cut off', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const { body } = answered(await edge().ask(question(server.url)));
    expect(body).toMatchObject({ kind: 'text', complete: false });
  });

  test('may be empty although an encoding is named', async () => {
    const server = await serve((_, response) =>
      response.writeHead(404, { 'content-encoding': 'gzip' }).end(),
    );
    expect(answered(await edge().ask(question(server.url)))).toMatchObject({
      status: 404,
      body: { text: '' },
    });
  });

  test.each([
    ['gzip', gzipSync('hello').subarray(0, -6), /^body /],
    ['gzip', Buffer.from('not gzip at all'), /^body Z_/],
    ['zstd', Buffer.from('x'), /^body UNKNOWN_ENCODING/],
    ['gzip, gzip', gzipSync('x'), /^body UNKNOWN_ENCODING/],
  ])('that is damaged or unreadable (%s) is no answer', async (encoding, bytes, expected) => {
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    );
    expect(failure(await edge().ask(question(server.url)))).toMatch(expected);
  });

  test('with HTML and 200 is an answer like any other', async () => {
    const server = await serve((_, response) => response.end('<!doctype html><title>Sign in</title>'));
    expect(textOf(await edge().ask(question(server.url)))).toContain('Sign in');
  });
});

describe('a digest', () => {
  const tarball = gzipSync(Buffer.from('package'.repeat(30_000)));
  const hash = (name: string) => createHash(name).update(tarball).digest('base64');

  test('is taken over the body as sent, with the algorithms asked for that exist', async () => {
    const server = await serve((_, response) => response.end(tarball));
    const read = {
      kind: 'digest',
      algorithms: ['sha512', 'sha1', 'md4', '__proto__'],
      limit: 1_000_000,
    } as const;
    const outcome = answered(await edge().ask(question(server.url, { read })));
    expect(outcome.body).toEqual({
      kind: 'digest',
      bytes: tarball.length,
      complete: true,
      gzip: true,
      excerpt: '',
      digests: { sha512: hash('sha512'), sha1: hash('sha1') },
    });
    expect(server.seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  test('is not told of a body that was cut off', async () => {
    const server = await serve((_, response) => response.end(tarball));
    const read = { kind: 'digest', algorithms: ['sha512'], limit: tarball.length - 1 } as const;
    expect(answered(await edge().ask(question(server.url, { read }))).body).toMatchObject({
      bytes: tarball.length - 1,
      complete: false,
      digests: {},
    });
  });

  test('of an error keeps an excerpt of its text', async () => {
    const text = `{"message":"404 Not found"}${' '.repeat(5000)}`;
    const server = await serve((_, response) => response.writeHead(404).end(text));
    expect(answered(await edge().ask(question(server.url, digest))).body).toMatchObject({
      gzip: false,
      excerpt: text.slice(0, 2048),
    });
  });

  test('sees that a page is no gzip', async () => {
    const server = await serve((_, response) => response.end('<html>'));
    expect(answered(await edge().ask(question(server.url, digest))).body).toMatchObject({
      gzip: false,
      bytes: 6,
    });
  });
});
