import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findLeaks } from '../support/leak-scan.ts';
import { type Ending, runProgram } from './support/built-program.ts';
import { expectContract } from './support/contract.ts';
import {
  type Hearing,
  integrity,
  onRequest,
  onSocket,
  packument,
  sendJson,
  tarball,
} from './support/hostile-servers.ts';
import { job, manifest, token } from './support/job.ts';

const quick = ['--timeout', '400ms', '--retries', '0'];

/** Runs against a GitLab that is one hostile server; the credential and the scope are as they should be. */
async function face(
  server: Hearing,
  args: readonly string[] = quick,
  files: Readonly<Record<string, string>> = {},
): Promise<Ending> {
  const one = job({ 'package.json': manifest({ '@acme/ui': '^1.0.0' }), ...files }, { url: server.url });
  const ending = await runProgram(args, { cwd: one.checkout, env: one.env, limit: 25_000, heap: 512 });
  expectContract(ending, [token]);
  return ending;
}

/** It ended with one clear finding, and never in green. */
function expectFinding(ending: Ending, codes: RegExp): void {
  expect([1, 3], ending.stdout + ending.stderr).toContain(ending.exitCode);
  const found = [...ending.stdout.matchAll(/^(?:error|warning)\[(NP\d+)\]/gm)].flatMap(
    ([, code]) => code ?? [],
  );
  expect(found.length, ending.stdout).toBeGreaterThan(0);
  expect(found[0], ending.stdout).toMatch(codes);
  expect(ending.stdout).not.toMatch(/NP901/);
}

function sendForever(socket: Socket | ServerResponse, piece: Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

describe('servers that speak badly', () => {
  const sockets = {
    'never answers': [() => {}, /NP405/],
    'sends one byte a second': [
      (socket: Socket) => {
        const timer = setInterval(() => socket.write('H'), 1000);
        socket.on('close', () => clearInterval(timer));
      },
      /NP405/,
    ],
    'sends its head one byte at a time': [
      (socket: Socket) => {
        let at = 0;
        const timer = setInterval(() => socket.write(head[at++ % head.length] ?? ''), 50);
        socket.on('close', () => clearInterval(timer));
      },
      /NP405/,
    ],
    'closes at once': [(socket: Socket) => socket.destroy(), /NP402/],
    'resets at once': [(socket: Socket) => socket.resetAndDestroy(), /NP402/],
    'closes in the status line': [(socket: Socket) => socket.end('HTTP/1.1 20'), /NP402|NP407/],
    'closes in the head': [(socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le'), /NP402|NP407/],
    'closes behind the head': [
      (socket: Socket) => socket.end(`${head}content-length: 100\r\n\r\n`),
      /NP40[27]/,
    ],
    'closes in the body': [
      (socket: Socket) => socket.end(`${head}content-length: 100\r\n\r\n{"name":`),
      /NP40[27]/,
    ],
    'closes in a chunk': [
      (socket: Socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\nff\r\n{"na`),
      /NP40[27]/,
    ],
    'sends a length that is too small': [
      (socket: Socket) => socket.end(`${head}content-length: 3\r\n\r\n{"name": 1}`),
      /NP40[27]/,
    ],
    'sends two lengths': [
      (socket: Socket) => socket.end(`${head}content-length: 3\r\ncontent-length: 9\r\n\r\n{"name": 1}`),
      /NP40[27]/,
    ],
    'sends garbage': [(socket: Socket) => socket.end(Buffer.alloc(5000, 0xee)), /NP40[27]/],
    'sends garbage for ever': [
      (socket: Socket) => sendForever(socket, Buffer.alloc(65_536, 0x41)),
      /NP40[25-8]/,
    ],
    'speaks another protocol': [(socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), /NP40[27]/],
    'sends a head without end': [
      (socket: Socket) => {
        socket.write(head);
        sendForever(socket, Buffer.from(`x-${'a'.repeat(500)}: ${'b'.repeat(500)}\r\n`));
      },
      /NP40[25-8]/,
    ],
    'sends a body without end': [
      (socket: Socket) => {
        socket.write(`${head}\r\n`);
        sendForever(socket, Buffer.alloc(65_536, 0x20));
      },
      /NP40[57]/,
    ],
    'sends informational answers for ever': [
      (socket: Socket) => sendForever(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n')),
      /NP40[257]/,
    ],
    'answers an odd status': [
      (socket: Socket) => socket.end('HTTP/1.1 999 Strange\r\ncontent-length: 0\r\n\r\n'),
      /NP/,
    ],
    'answers status 000': [
      (socket: Socket) => socket.end('HTTP/1.1 000 No\r\ncontent-length: 0\r\n\r\n'),
      /NP/,
    ],
    upgrades: [
      (socket: Socket) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n'),
      /NP40[257]/,
    ],
    'answers twice': [
      (socket: Socket) => socket.end(`${head}content-length: 2\r\n\r\n[]${head}content-length: 2\r\n\r\n[]`),
      /NP40[27]/,
    ],
  } satisfies Record<string, readonly [(socket: Socket) => unknown, RegExp]>;
  test.each(Object.entries(sockets))('%s', async (_, [answer, codes]) => {
    const server = await onSocket((socket) => void answer(socket));
    const ending = await face(server);
    expectFinding(ending, codes);
    expect(ending.milliseconds).toBeLessThan(20_000);
  });
});

describe('servers that answer the wrong thing', () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20));
  type Respond = (response: ServerResponse, path: string) => void;
  const pages = {
    'HTML everywhere': (response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Sign in</title>'),
    'a gzip bomb': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    'a length of 1 GB': (response) => {
      response.writeHead(200, { 'content-length': 1_000_000_000 });
      sendForever(response, Buffer.alloc(65_536, 0x20));
    },
    'broken gzip': (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb.subarray(0, 400)),
    'gzip that is none': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
    'an unknown encoding': (response) =>
      response.writeHead(200, { 'content-encoding': 'zstd, gzip, gzip' }).end('x'),
    'an empty body': (response) => response.writeHead(200).end(),
    'no content': (response) => response.writeHead(204).end(),
    'not modified': (response) => response.writeHead(304).end(),
    'partial content': (response) => response.writeHead(206).end('{}'),
    'an array': (response) => sendJson(response, '[]'),
    'a number': (response) => sendJson(response, '1e999'),
    null: (response) => sendJson(response, 'null'),
    'a deep tower': (response) => sendJson(response, '['.repeat(5_000_000)),
    'versions as an array': (response) => sendJson(response, '{"versions":[1,2]}'),
    'versions of null': (response) => sendJson(response, '{"versions":{"1.0.0":null},"dist-tags":null}'),
    'versions with hostile names': (response) =>
      sendJson(
        response,
        `{"versions":{"__proto__":{"dist":{"tarball":"x"}},"constructor":{},"\\u001b[31m":{},"1.0.0\\n":{},"${'9'.repeat(300)}.0.0":{}},"dist-tags":{"latest":"__proto__"}}`,
      ),
    'no version that fits, ten thousand that do not': (response) =>
      sendJson(
        response,
        JSON.stringify({
          versions: Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`2.0.${at}`, {}])),
        }),
      ),
    'a message of a hundred thousand characters': (response) =>
      sendJson(response, JSON.stringify({ message: `\u001b[2J${'bad '.repeat(25_000)}` }), 403),
    'a message that is no text': (response) => sendJson(response, '{"message":{"a":[null]},"error":5}', 403),
    'a message that forges a log line': (response) =>
      sendJson(
        response,
        JSON.stringify({ message: '403 Forbidden\n✓ all good\n::error::x\rsection_end:1:a' }),
        403,
      ),
    '401 again and again': (response) =>
      response
        .writeHead(401, { 'www-authenticate': 'Basic realm="x"' })
        .end('{"message":"401 Unauthorized"}'),
    'server errors': (response) => response.writeHead(500).end('<h1>oops</h1>'),
    'a gateway page': (response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502</h1>'),
    'too many requests, come back in thirty years': (response) =>
      response.writeHead(429, { 'retry-after': '1000000000' }).end('slow down'),
    'too many requests, with an odd time': (response) =>
      response.writeHead(429, { 'retry-after': '-1, 1e9, Mon, 99 Foo 9999' }).end('slow down'),
    'a header bomb': (response) => {
      for (let at = 0; at < 200; at += 1) response.setHeader(`x-${at}`, 'y'.repeat(200));
      response.end('{}');
    },
    'odd bytes in headers': (response) =>
      response
        .writeHead(200, { 'x-request-id': '\u00e9\u00ad\u0085'.repeat(20), location: 'http://[' })
        .end('{}'),
  } satisfies Record<string, Respond>;
  test.each(Object.entries(pages as Record<string, Respond>))('%s', async (_, respond) => {
    const server = await onRequest((request, response) => respond(response, request.url ?? ''));
    const ending = await face(server, ['--timeout', '2s', '--retries', '1']);
    expectFinding(ending, /NP/);
    expect(ending.milliseconds).toBeLessThan(25_000);
  });
});

describe('redirects', () => {
  const targets: Record<string, (own: string, foreign: string) => string> = {
    'to itself': (own) => own,
    'in a circle': (own) => `${own}?a=b`,
    'to another host': (_, foreign) => `${foreign}/x`,
    'to another host with user information': (_, foreign) => foreign.replace('://', '://a:b@'),
    'without a scheme': (_, foreign) => foreign.replace('http:', ''),
    'with a backslash': (_, foreign) => foreign.replace('http://', 'http:\\\\'),
    'to a file': () => 'file:///etc/hostname',
    'to a script': () => 'javascript:alert(1)',
    'to data': () => 'data:application/json,{}',
    'to nothing that is a URL': () => 'http://[::bad',
    'to a name with escapes': () => 'http://\u001b[31m.example/',
    'to ten thousand characters': (own) => `${own}${'/x'.repeat(5000)}`,
  };
  test.each(Object.entries(targets))('%s: the token stays', async (_, target) => {
    const foreign = await onRequest(
      (_request, response) => sendJson(response, packument('@acme/ui', {})),
      'localhost',
    );
    let own = '';
    let hop = 0;
    const server = await onRequest((request, response) => {
      hop += 1;
      const url = target(`${own}${request.url}`, foreign.url);
      response.writeHead(302, {
        location: Buffer.from(url).toString('latin1').replaceAll('\u001b', '%1b'),
      });
      response.end(`${hop}`);
    });
    own = server.url;
    const ending = await face(server);
    expect(ending.exitCode).not.toBe(0);
    expect(findLeaks(token, { 'the other host': foreign.heard() })).toEqual([]);
    expect(foreign.heard()).not.toMatch(/^authorization|^job-token|^private-token|^cookie/im);
  });

  test('a hop away and back does not bring the token back', async () => {
    let home = '';
    const after: string[] = [];
    const foreign = await onRequest((_request, response) => {
      response.writeHead(307, { location: `${home}/back` }).end();
    }, 'localhost');
    const server = await onRequest((request, response) => {
      if (request.url === '/back') after.push(JSON.stringify(request.headers));
      response.writeHead(307, { location: `${foreign.url}/away` }).end();
    });
    home = server.url;
    await face(server);
    expect(findLeaks(token, { 'the other host': foreign.heard(), 'the way back': after.join() })).toEqual([]);
  });
});

describe('metadata that names odd tarballs', () => {
  test.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ftp://127.0.0.1/x.tgz',
    'http://',
    '',
    '/relative.tgz',
    'not a url',
    `http://127.0.0.1:9/${'x'.repeat(20_000)}.tgz`,
    'http://127.0.0.1:9/\u001b[31m/\u202e/a.tgz',
    'http://127.0.0.1:9/$(touch bait).tgz',
    null,
    5,
    [],
    {},
    { __proto__: 'x' },
  ])('%j', async (odd) => {
    const server = await onRequest((_request, response) => {
      sendJson(response, packument('@acme/ui', { tarball: odd, integrity: 7, shasum: [] }));
    });
    const ending = await face(server);
    expect(ending.exitCode, ending.stdout).not.toBe(0);
  });

  test('another host gets the request without the token', async () => {
    const foreign = await onRequest((_request, response) => response.end(tarball), 'localhost');
    const server = await onRequest((_request, response) =>
      sendJson(response, packument('@acme/ui', { tarball: `${foreign.url}/ui-1.0.0.tgz`, integrity })),
    );
    await face(server);
    expect(findLeaks(token, { 'the other host': foreign.heard() })).toEqual([]);
    expect(foreign.heard()).not.toMatch(/^(?:authorization|job-token|private-token):/im);
  });

  test('another port of the same host is another origin', async () => {
    const foreign = await onRequest((_request, response) => response.end(tarball));
    const server = await onRequest((_request, response) =>
      sendJson(response, packument('@acme/ui', { tarball: `${foreign.url}/ui-1.0.0.tgz`, integrity })),
    );
    await face(server);
    expect(findLeaks(token, { 'the other port': foreign.heard() })).toEqual([]);
  });

  test('a lockfile that points elsewhere does not carry the token there', async () => {
    const foreign = await onRequest((_request, response) => response.end(tarball), 'localhost');
    const server = await onRequest((_request, response) => response.writeHead(404).end('{"message":"404"}'));
    const resolved = `${foreign.url}/api/v4/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz`;
    await face(server, quick, {
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: { '': {}, 'node_modules/@acme/ui': { version: '1.0.0', resolved, integrity } },
      }),
    });
    expect(findLeaks(token, { 'the other host': foreign.heard() })).toEqual([]);
  });

  test.each([
    'closes in the tarball',
    'sends a tarball that is none',
    'sends an endless tarball',
    'sends a slow tarball',
  ])('%s', async (name) => {
    const server = await onRequest((request, response) => {
      if (!request.url?.endsWith('.tgz')) {
        const url = `http://${request.headers.host}/api/v4/projects/1/packages/npm/@acme/ui/-/ui-1.0.0.tgz`;
        sendJson(response, packument('@acme/ui', { tarball: url, integrity }));
        return;
      }
      response.writeHead(200, { 'content-length': 100_000_000 });
      if (name.includes('endless')) sendForever(response, Buffer.alloc(65_536, 0x1f));
      else if (name.includes('none')) response.end('<html>');
      else if (name.includes('closes')) response.write(tarball, () => response.destroy());
      else response.write(tarball);
    });
    const ending = await face(server);
    expect(ending.exitCode, ending.stdout).not.toBe(0);
    expect(ending.milliseconds).toBeLessThan(20_000);
  });
});

describe('names and addresses that have no encoding', () => {
  const half = '@acme/\ud800';
  test.each<[string, Record<string, unknown>]>([
    ['a dependency', { dependencies: { [half]: '^1.0.0' } }],
    ['an optional dependency', { optionalDependencies: { [half]: '^1.0.0' } }],
    ['a peer', { peerDependencies: { [half]: '^1.0.0' } }],
    ['an alias', { dependencies: { '@acme/ok': `npm:${half}@1` } }],
    ['the address of a tarball', { dist: { tarball: '/api/v4/projects/%E0%A4%A/packages/npm/%E0/-/%.tgz' } }],
  ])('%s', async (_, odd) => {
    const server = await onRequest((request, response) => {
      if (!request.url?.endsWith('ui')) {
        response.writeHead(404).end('{"message":"404 Not Found"}');
        return;
      }
      const { dist } = odd as { dist?: { tarball: string } };
      const address = dist?.tarball ?? '/api/v4/projects/1/packages/npm/ui/-/a-1.0.0.tgz';
      const tarball = `http://${request.headers.host}${address}`;
      sendJson(response, packument('@acme/ui', { tarball }, odd.dist === undefined ? odd : {}));
    });
    expectFinding(await face(server), /NP/);
  });

  test.each([1, 3])('a lockfile of version %i', async (lockfileVersion) => {
    const server = await onRequest((_request, response) =>
      response.writeHead(404).end('{"message":"404 Not Found"}'),
    );
    const packages = { '': {}, [`node_modules/${half}`]: { version: '1.0.0' } };
    const dependencies = { [half]: { version: '1.0.0' } };
    const lock = { lockfileVersion, ...(lockfileVersion === 1 ? { dependencies } : { packages }) };
    expectFinding(await face(server, quick, { 'package-lock.json': JSON.stringify(lock) }), /NP/);
  });
});

describe('servers that never come to an end', () => {
  test('a package that always needs one more', async () => {
    const server = await onRequest((request, response) => {
      const url = request.url ?? '';
      if (url.endsWith('.tgz')) {
        response.end(tarball);
        return;
      }
      const at = Number(/p(\d+)$/.exec(decodeURIComponent(url))?.[1] ?? '0');
      const name = decodeURIComponent(url).split('/').slice(-2).join('/');
      const dist = {
        tarball: `http://${request.headers.host}/api/v4/projects/1/packages/npm/${name}/-/a-1.0.0.tgz`,
      };
      sendJson(response, packument(name, dist, { dependencies: { [`@acme/p${at + 1}`]: '^1.0.0' } }));
    });
    const ending = await face(server);
    expect(ending.milliseconds).toBeLessThan(25_000);
  });

  test('a package that needs thousands of others', async () => {
    const many = process.env.NPMRC_PREFLIGHT_LONG ? 20_000 : 1500;
    const dependencies = Object.fromEntries(
      Array.from({ length: many }, (_, at) => [`@acme/p${at}`, '^1.0.0']),
    );
    const server = await onRequest((request, response) => {
      if (!request.url?.endsWith('ui')) {
        response.writeHead(404).end('{"message":"404 Not Found"}');
        return;
      }
      const dist = {
        tarball: `http://${request.headers.host}/api/v4/projects/1/packages/npm/ui/-/a-1.0.0.tgz`,
      };
      sendJson(response, packument('@acme/ui', dist, { dependencies }));
    });
    const ending = await face(server);
    expect(ending.milliseconds).toBeLessThan(25_000);
  });
});
