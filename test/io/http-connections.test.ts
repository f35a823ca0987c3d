import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createConnector } from '../../src/io/connector.ts';
import { tlsSettings } from '../../src/io/tls-settings.ts';
import { answered, edge, failure, jumpingClock, question } from './support/edge.ts';
import { serve, serveRaw } from './support/servers.ts';

const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

describe('a request that is sent again', () => {
  test('goes over a connection of its own: those that are kept may all be ended', async () => {
    const server = await serveRaw((socket) =>
      socket.on('data', () => socket.write(answer, () => socket.end())),
    );
    const http = edge({ retries: 1, clock: jumpingClock() });
    const asked = Array.from({ length: 200 }, (_, nth) => http.ask(question(`${server.url}/${nth}`)));
    const statuses = (await Promise.all(asked)).map((outcome) => answered(outcome).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('fails where new ones are reset too', async () => {
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
