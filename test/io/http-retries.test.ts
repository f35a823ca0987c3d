import { describe, expect, test } from 'vitest';
import { retryDelay } from '../../src/io/retry.ts';
import { answered, edge, failure, jumpingClock, question } from './support/edge.ts';
import { freePort, serve, serveRaw } from './support/servers.ts';

/** Answers with the statuses in turn, the last one for ever. */
function turns(statuses: readonly number[], headers: Record<string, string> = {}) {
  let turn = 0;
  return serve((_, response) => {
    const status = statuses[Math.min(turn, statuses.length - 1)] ?? 200;
    turn += 1;
    response.writeHead(status, status === 200 ? {} : headers).end(`turn ${turn}`);
  });
}

describe('a server in trouble', () => {
  test.each([500, 502, 503, 504, 520, 429])('a %i is asked again', async (status) => {
    const server = await turns([status, 200]);
    const clock = jumpingClock();
    const outcome = answered(await edge({ retries: 2, clock }).ask(question(server.url)));
    expect(outcome).toMatchObject({ status: 200, attempts: 2, body: { text: 'turn 2' } });
    expect(clock.waits).toEqual([250]);
    expect(server.sockets()).toBe(1);
  });

  test('stays the answer when the retries are used up', async () => {
    const server = await turns([502]);
    const clock = jumpingClock();
    const outcome = answered(await edge({ retries: 2, clock }).ask(question(server.url)));
    expect(outcome).toMatchObject({ status: 502, attempts: 3 });
    expect(clock.waits).toEqual([250, 750]);
  });

  test.each([200, 400, 401, 403, 404, 501, 505])('a %i is not asked again', async (status) => {
    const server = await turns([status]);
    expect(
      answered(await edge({ retries: 2, clock: jumpingClock() }).ask(question(server.url))).attempts,
    ).toBe(1);
    expect(server.seen).toHaveLength(1);
  });

  test('retries of all hops share one allowance', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/b') response.writeHead(503).end();
      else if (server.seen.length === 1) response.writeHead(500).end();
      else response.writeHead(302, { location: '/b' }).end();
    });
    const outcome = answered(
      await edge({ retries: 2, clock: jumpingClock() }).ask(question(`${server.url}/a`)),
    );
    expect(outcome).toMatchObject({ status: 503, attempts: 3 });
    expect(server.seen.map((request) => request.url)).toEqual(['/a', '/a', '/b', '/b']);
  });
});

describe('Retry-After', () => {
  test.each([
    ['7', [7000]],
    ['0', [0]],
    ['Thu, 01 Jan 2026 00:00:09 GMT', [9000]],
    ['Thu, 01 Jan 2015 00:00:09 GMT', [0]],
    ['soon', [250]],
    ['-5', [250]],
    ['1e3', [250]],
  ])('of %s', async (value, waits) => {
    const server = await turns([429, 200], { 'retry-after': value });
    const clock = jumpingClock();
    await edge({ retries: 1, clock }).ask(question(server.url));
    expect(clock.waits).toEqual(waits);
  });

  test.each(['31', '999999999', 'Thu, 01 Jan 2099 00:00:00 GMT'])(
    'of %s is longer than the patience: the 429 is the answer at once',
    async (value) => {
      const server = await turns([429, 200], { 'retry-after': value });
      const clock = jumpingClock();
      const outcome = answered(await edge({ retries: 5, clock }).ask(question(server.url)));
      expect(outcome).toMatchObject({ status: 429, attempts: 1 });
      expect(outcome.headers['retry-after']).toBe(value);
      expect(clock.waits).toEqual([]);
    },
  );

  test('adds up against the patience', async () => {
    const server = await turns([503], { 'retry-after': '20' });
    const clock = jumpingClock();
    expect(answered(await edge({ retries: 9, clock }).ask(question(server.url))).attempts).toBe(2);
  });
});

describe('a broken connection', () => {
  test('is tried again', async () => {
    let connections = 0;
    const server = await serveRaw((socket) => {
      connections += 1;
      if (connections === 1) socket.destroy();
      else socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
    });
    const outcome = answered(await edge({ retries: 1, clock: jumpingClock() }).ask(question(server.url)));
    expect(outcome).toMatchObject({ status: 200, attempts: 2 });
  });

  test('in the middle of the body too', async () => {
    const server = await serveRaw((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok'));
    });
    const outcome = await edge({ retries: 1, clock: jumpingClock() }).ask(question(server.url));
    expect(outcome).toMatchObject({ kind: 'unreachable', stage: 'body', attempts: 2 });
  });

  test('that the server closed while it was idle is replaced', async () => {
    const server = await serve((request, response) => {
      response.end('ok');
      response.on('finish', () => request.socket.destroy());
    });
    const http = edge({ retries: 1, clock: jumpingClock() });
    for (const path of ['a', 'b', 'c']) {
      expect(answered(await http.ask(question(`${server.url}/${path}`))).status).toBe(200);
    }
  });

  test('but a refused one is not tried again', async () => {
    const outcome = await edge({ retries: 3, clock: jumpingClock() }).ask(
      question(`http://127.0.0.1:${await freePort()}/`),
    );
    expect(outcome).toMatchObject({ stage: 'connect', attempts: 1 });
  });

  test('nor is a server that says nothing', async () => {
    const server = await serveRaw(() => {});
    const outcome = await edge({ retries: 3, timeout: 100, clock: jumpingClock() }).ask(question(server.url));
    expect(failure(outcome)).toBe('timeout ETIMEDOUT');
    expect(outcome).toMatchObject({ attempts: 1 });
  });
});

test('a wait ends when the edge is closed', async () => {
  const server = await turns([503]);
  let waiting = () => {};
  const reached = new Promise<void>((resolve) => {
    waiting = resolve;
  });
  const clock = {
    now: () => 0,
    wait: (_: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
        waiting();
      }),
  };
  const http = edge({ retries: 1, clock });
  const outcome = http.ask(question(server.url));
  await reached;
  await http.close();
  expect(await outcome).toMatchObject({ kind: 'skipped' });
});

test('waits triple', () => {
  const attempt = { kind: 'answered', status: 500, headers: {} } as const;
  expect([0, 1, 2].map((retry) => retryDelay(attempt, retry, 0))).toEqual([250, 750, 2250]);
});
