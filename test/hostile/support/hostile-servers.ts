import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { checksums, packTarball } from '../../../src/simulator/tarball.ts';

/** A server on a free loopback port, closed after the test. `heard` is every byte that was sent to it, as text. */
export interface Hearing {
  url: string;
  port: number;
  heard(): string;
  connections(): number;
}

/** A server that speaks for itself on the socket once a whole request head is there. `url` has no final slash. */
export async function onSocket(answer: (socket: Socket, head: string) => void): Promise<Hearing> {
  return listening(
    createServer((socket) => {
      let head = '';
      socket.on('data', (chunk: Buffer) => {
        head += chunk.toString('latin1');
        if (!head.includes('\r\n\r\n')) return;
        const whole = head;
        head = '';
        answer(socket, whole);
      });
    }),
  );
}

export async function onRequest(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  host = '127.0.0.1',
): Promise<Hearing> {
  return listening(createHttpServer({ keepAliveTimeout: 30_000 }, answer), host);
}

async function listening(server: Server, host = '127.0.0.1'): Promise<Hearing> {
  const open = new Set<Socket>();
  const heard: string[] = [];
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('data', (chunk: Buffer) => heard.push(chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  );
  return { url: `http://${host}:${port}`, port, heard: () => heard.join(''), connections: () => connections };
}

/** A small package and its integrity, for tarball routes. */
export const tarball = packTarball({ name: '@acme/ui', version: '1.0.0' });
export const { integrity } = checksums(tarball);

/** Metadata of one package at 1.0.0 whose `dist` is given. */
export function packument(name: string, dist: unknown, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    name,
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { name, version: '1.0.0', dist, ...more } },
  });
}

export function sendJson(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}
