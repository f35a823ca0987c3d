import { once } from 'node:events';
import { setImmediate as nextCycle } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classifyFailure } from '../../src/io/classify-failure.ts';
import { answered, digest, edge, failure, network, question } from './support/edge.ts';
import { freePort, serve, serveRaw } from './support/servers.ts';

const rejections: unknown[] = [];
const note = (reason: unknown) => rejections.push(reason);
beforeAll(() => {
  process.on('unhandledRejection', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
  expect(rejections).toEqual([]);
});

const short = { timeout: 150 };
const head = 'HTTP/1.1 200 OK\r\n';

describe('a server that', () => {
  test('takes the connection and says nothing', async () => {
    const server = await serveRaw(() => {});
    expect(failure(await edge(short).ask(question(server.url)))).toBe('timeout ETIMEDOUT');
  });

  test('stops in the middle of the head', async () => {
    const server = await serveRaw((socket) => socket.write('HTTP/1.1 200 OK\r\nconte'));
    expect(failure(await edge(short).ask(question(server.url)))).toBe('timeout ETIMEDOUT');
  });

  test.each([{}, digest])('stops in the middle of the body %#', async (change) => {
    const server = await serveRaw((socket) => socket.write(`${head}content-length: 100\r\n\r\nabc`));
    expect(failure(await edge(short).ask(question(server.url, change)))).toBe('timeout ETIMEDOUT');
  });

  test('trickles for ever', async () => {
    const server = await serveRaw((socket) => {
      socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
      const drip = setInterval(() => socket.write('1\r\nx\r\n'), 10);
      socket.on('close', () => clearInterval(drip));
    });
    expect(failure(await edge(short).ask(question(server.url)))).toBe('timeout ETIMEDOUT');
  });

  test.each([{}, digest])('closes in the middle of the body %#', async (change) => {
    const server = await serveRaw((socket) => socket.end(`${head}content-length: 100\r\n\r\nabc`));
    expect(failure(await edge().ask(question(server.url, change)))).toMatch(/^body /);
  });

  test('closes at once', async () => {
    const server = await serveRaw((socket) => socket.end());
    expect(failure(await edge().ask(question(server.url)))).toMatch(/^reset /);
  });

  test('resets the connection', async () => {
    const server = await serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(failure(await edge().ask(question(server.url)))).toMatch(/^reset /);
  });

  test.each([
    ['speaks another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['has a head without end', `${head}x: ${'y'.repeat(100_000)}`],
    ['names no status', 'HTTP/1.1 abc\r\n\r\n'],
    ['names two lengths', `${head}content-length: 3\r\ncontent-length: 4\r\n\r\nabcd`],
  ])('%s', async (_, text) => {
    const server = await serveRaw((socket) => socket.end(text));
    expect(failure(await edge().ask(question(server.url)))).toMatch(/^(protocol|body) /);
  });

  test('damages the chunks of the body', async () => {
    const server = await serveRaw((socket) =>
      socket.end(`${head}transfer-encoding: chunked\r\n\r\nZZ\r\nabc`),
    );
    expect(failure(await edge().ask(question(server.url)))).toMatch(/^body /);
  });

  test('sends more than it promised, which no client of Node takes', async () => {
    const server = await serveRaw((socket) =>
      socket.on('data', () => socket.write(`${head}content-length: 3\r\n\r\nabcdef`)),
    );
    expect(failure(await edge().ask(question(server.url)))).toBe('body HPE_INVALID_CONSTANT');
  });

  test('names headers as the properties of every object', async () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'].map((name) => `${name}: y\r\n`);
    const server = await serveRaw((socket) =>
      socket.end(`${head}${names.join('')}x-own: z\r\ncontent-length: 3\r\n\r\nabc`),
    );
    const { headers, body } = answered(await edge().ask(question(server.url)));
    expect([headers['x-own'], body]).toMatchObject(['z', { text: 'abc' }]);
  });

  test('names the length of what it leaves out in a 304', async () => {
    const server = await serveRaw((socket) =>
      socket.write('HTTP/1.1 304 Not Modified\r\ncontent-length: 100\r\n\r\n'),
    );
    expect(answered(await edge(short).ask(question(server.url)))).toMatchObject({
      status: 304,
      body: { text: '' },
    });
  });

  test('says 101 Switching Protocols unasked', async () => {
    const server = await serveRaw((socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    );
    expect(failure(await edge().ask(question(server.url)))).toBe('protocol UNASKED_UPGRADE');
  });

  const interim = 'HTTP/1.1 100 Continue\r\n\r\n';
  const answer = `${head}content-length: 3\r\n\r\nabc`;
  test.each([
    ['100 before its answer', [interim + answer]],
    ['100 three times', [interim, interim + interim, answer]],
    ['100 two hundred times', [interim.repeat(200), answer]],
    ['100 with headers', ['HTTP/1.1 100 Go on\r\nx: y\r\n\r\n', answer]],
    ['100 byte by byte', [...interim, ...answer]],
    [
      '103, 100 and 102',
      [`HTTP/1.1 103 Hints\r\nlink: </>\r\n\r\n${interim}HTTP/1.1 102 Wait\r\n\r\n`, answer],
    ],
  ])('says %s: the answer counts, the next one too', async (_, pieces) => {
    const server = await serveRaw((socket) =>
      socket.on('data', async () => {
        for (const piece of pieces) {
          socket.write(piece);
          await nextCycle();
        }
      }),
    );
    const http = edge({ concurrency: 1 });
    for (const path of ['/1', '/2']) {
      expect(answered(await http.ask(question(`${server.url}${path}`)))).toMatchObject({
        status: 200,
        body: { text: 'abc' },
      });
    }
  });

  test.each([
    ['says 100 and nothing else', (text: string) => text, {}, /^reset /],
    [
      'says 100 to a client that stops there',
      (text: string) => text + answer,
      { refusesContinue: true },
      /^protocol UNASKED_CONTINUE/,
    ],
  ] as const)('%s', async (_, said, habits, expected) => {
    const server = await serveRaw((socket) => socket.on('data', () => socket.end(said(interim))));
    expect(failure(await edge({ network: network(habits) }).ask(question(server.url)))).toMatch(expected);
  });

  test.each([
    ['a folded line', 'x: one\r\n two\r\n'],
    ['a header without a name', ': one\r\n'],
    ['a blank behind a name', 'x : one\r\n'],
    ['a blank in a name', 'x y: one\r\n'],
    ['a folded line behind a bare line feed', 'x: one\n\ttwo\r\n'],
  ])('has %s in its head, which no client reads', async (_, line) => {
    const whole = `${head}${line}content-length: 3\r\n\r\nabc`;
    for (const pieces of [[whole], [...whole]]) {
      const server = await serveRaw((socket) =>
        socket.on('data', async () => {
          for (const piece of pieces) {
            socket.write(piece);
            await nextCycle();
          }
        }),
      );
      expect(failure(await edge().ask(question(server.url)))).toMatch(
        /^protocol HPE_(?:INVALID_HEADER_TOKEN|CR_EXPECTED)$/,
      );
    }
  });

  test('has blanks in values and in the body: they are no faults', async () => {
    const server = await serveRaw((socket) =>
      socket.end(`${head}x: a :b\r\ny:\tz\r\ncontent-length: 9\r\n\r\n\n b\n : c\n`),
    );
    expect(answered(await edge().ask(question(server.url)))).toMatchObject({
      headers: { x: 'a :b', y: 'z' },
      body: { text: '\n b\n : c\n' },
    });
  });

  test('tells its length by closing', async () => {
    const server = await serveRaw((socket) => socket.end(`${head}\r\nabc`));
    expect(answered(await edge().ask(question(server.url))).body).toMatchObject({
      text: 'abc',
      complete: true,
    });
  });
});

describe('a server that is not there', () => {
  test('refuses', async () => {
    const outcome = await edge().ask(question(`http://127.0.0.1:${await freePort()}/`));
    expect(outcome).toMatchObject({ stage: 'connect', code: 'ECONNREFUSED', attempts: 1 });
  });

  test('is asked a few times only when it never answers, and every question has its outcome', async () => {
    const port = await freePort();
    const http = edge({ concurrency: 2 });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => http.ask(question(`http://127.0.0.1:${port}/${index}`))),
    );
    expect(new Set(outcomes.map(failure))).toEqual(new Set(['connect ECONNREFUSED']));
    expect(http.stats().count).toBeLessThan(10);
  });

  test('but a server that answered once is asked every time', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/0') response.end();
      else request.socket.destroy();
    });
    const http = edge({ concurrency: 1 });
    for (let index = 0; index < 8; index += 1) await http.ask(question(`${server.url}/${index}`));
    // the second went out over the connection of the first, and once more over a new one
    expect(http.stats().count).toBe(9);
  });
});

describe('close', () => {
  test('ends what is under way, what waits and what comes later', async () => {
    const server = await serveRaw(() => {});
    const http = edge({ concurrency: 1 });
    const outcomes = [1, 2, 3].map((index) => http.ask(question(`${server.url}/${index}`)));
    await http.close();
    for (const outcome of outcomes) expect(await outcome).toMatchObject({ kind: 'skipped' });
    expect(await http.ask(question(`${server.url}/4`))).toMatchObject({ kind: 'skipped' });
    await http.close();
  });

  test('lets idle connections go', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const server = await serve((request, response) => {
      closed = once(request.socket, 'close');
      response.end('x');
    });
    const http = edge();
    await http.ask(question(server.url));
    await http.close();
    await closed;
  });
});

function coded(code: string): Error {
  return Object.assign(new Error(`failed with ${code}`), { code });
}

test.each([
  ['ENOTFOUND', 'dns', false],
  ['EAI_AGAIN', 'dns', true],
  ['ECONNREFUSED', 'connect', false],
  ['EHOSTUNREACH', 'connect', false],
  ['ENETUNREACH', 'connect', false],
  ['ECONNRESET', 'reset', true],
  ['EPIPE', 'reset', true],
  ['ETIMEDOUT', 'timeout', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', false],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', false],
  ['CERT_HAS_EXPIRED', 'tls', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', false],
  ['CERT_NOT_YET_VALID', 'tls', false],
  ['INVALID_PURPOSE', 'tls', false],
  ['UNSPECIFIED', 'tls', false],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'handshake', false],
  ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'handshake', false],
  ['EPROTO', 'handshake', false],
  ['HPE_INVALID_CONSTANT', 'protocol', false],
  ['SOMETHING_NEW', 'protocol', false],
])('%s is a failure of stage %s', (code, stage, transient) => {
  expect(classifyFailure(coded(code), false)).toMatchObject({ stage, code, transient });
});

test.each([
  [
    'after the head, what breaks is the body',
    classifyFailure(coded('ECONNRESET'), true),
    { stage: 'body', transient: true },
  ],
  ['but a deadline stays one', classifyFailure(coded('ETIMEDOUT'), true), { stage: 'timeout' }],
  [
    'several addresses count as the first',
    classifyFailure(new AggregateError([coded('ECONNREFUSED')]), false),
    { code: 'ECONNREFUSED' },
  ],
  ['anything may be thrown', classifyFailure(null, false), { stage: 'protocol', code: 'UNKNOWN' }],
  [
    'messages are one printable line',
    classifyFailure(new Error('a\n\u001b[31mb'), false),
    { message: 'a\\n\\x1b[31mb' },
  ],
  [
    "of OpenSSL's line the reason is told",
    classifyFailure(
      new Error(
        '80AC2523707F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:350:\n',
      ),
      false,
    ),
    { message: 'wrong version number' },
  ],
  [
    'with an alert and words around it too',
    classifyFailure(
      new Error(
        'write EPROTO 80AC:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:..\\deps\\a.c:1605:SSL alert number 40\n',
      ),
      false,
    ),
    { message: 'write EPROTO sslv3 alert handshake failure' },
  ],
  [
    'other words with colons stay as they are',
    classifyFailure(new Error('an error: with: colons: in: it'), false),
    { message: 'an error: with: colons: in: it' },
  ],
])('%s', (_, found, expected) => {
  expect(found).toMatchObject(expected);
});
