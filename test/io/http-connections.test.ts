import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createConnector } from '../../src/io/connector.ts';
import { createPoster } from '../../src/io/post.ts';
import { tlsSettings } from '../../src/io/tls-settings.ts';
import { answered, edge, failure, jumpingClock, question } from './support/edge.ts';
import { serve, serveRaw } from './support/servers.ts';

const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

describe('a connection that was kept and is ended when a request goes out', () => {
  test('costs no attempt: the request goes over a new one', async () => {
    const server = await serveRaw((socket) =>
      socket.on('data', () => socket.write(answer, () => socket.end())),
    );
    const http = edge();
    const asked = Array.from({ length: 200 }, (_, nth) => http.ask(question(`${server.url}/${nth}`)));
    const attempts = (await Promise.all(asked)).map((outcome) => answered(outcome).attempts);
    expect(new Set(attempts)).toEqual(new Set([1]));
  });

  test('a request that changes something is not sent again', async () => {
    let heard = 0;
    const server = await serveRaw((socket) =>
      socket.on('data', () => {
        heard += 1;
        if (heard === 1) socket.write(answer);
        else socket.resetAndDestroy();
      }),
    );
    const poster = createPoster({
      version: '0',
      timeout: 5000,
      env: {},
      network: null,
      origin: server.url,
    });
    const ends = [];
    for (let nth = 0; nth < 2; nth += 1)
      ends.push(
        await poster.post({ url: server.url, authorization: question('').authorization, fields: {} }),
      );
    await poster.close();
    expect(ends.map(({ kind }) => kind)).toEqual(['answered', 'unknown']);
    expect(heard).toBe(2);
  });

  test('a server that resets new ones too fails', async () => {
    const server = await serveRaw((socket) => socket.on('data', () => socket.resetAndDestroy()));
    const outcome = await edge({ retries: 2, clock: jumpingClock() }).ask(question(server.url));
    expect(failure(outcome)).toMatch(/^reset /);
    expect(server.sockets()).toBe(3);
  });
});

test('a server that ends each connection and takes no more: nobody waits for one', async () => {
  const asking: Socket[] = [];
  const server = await serveRaw((socket) =>
    socket.on('data', () => {
      if (asking.push(socket) < 5) return;
      server.stopListening();
      for (const each of asking) each.end(answer.replace('\r\n', '\r\nconnection: close\r\n'));
    }),
  );
  const http = edge({ concurrency: 5 });
  const asked = Array.from({ length: 40 }, (_, nth) => http.ask(question(`${server.url}/${nth}`)));
  const ends = new Set((await Promise.all(asked)).map(failure));
  expect([...ends].filter((end) => end.startsWith('timeout'))).toEqual([]);
  expect(ends).toContain('connect ECONNREFUSED');
});

test('a connector that is closed connects to nobody', async () => {
  const server = await serve((_, response) => response.end());
  const settings = tlsSettings({
    network: null,
    env: {},
    files: { read: () => ({ kind: 'absent' }) } as never,
    startedWith: undefined,
    trustCiServerCa: false,
  });
  const connector = createConnector(settings, 1000);
  connector.close();
  const heard = await new Promise((resolve) => connector.direct(new URL(server.url), resolve));
  expect(heard).toEqual(new Error('closed'));
});
