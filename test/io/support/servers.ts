import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createRawServer,
  type Server,
  type Socket,
} from 'node:net';
import { afterEach } from 'vitest';
import type { Certificate } from './certificates.ts';

/** A server on loopback. `url` has no final slash; `seen` holds the requests in order; `sockets` counts connections ever made. */
export interface TestServer {
  url: string;
  port: number;
  seen: { url: string; method: string; headers: IncomingMessage['headers'] }[];
  sockets(): number;
  /** Takes no further connections. */
  stopListening(): void;
  close(): Promise<void>;
}

const running: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((close) => close()));
});

/** Something to be closed after the test. */
export function closeAfterTest(close: () => Promise<void>) {
  running.push(close);
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export async function serve(handler: Handler, certificate?: Certificate): Promise<TestServer> {
  const seen: TestServer['seen'] = [];
  const listener: RequestListener = (request, response) => {
    seen.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers });
    handler(request, response);
  };
  const server = certificate
    ? createSecureServer({ key: certificate.key, cert: certificate.certificate }, listener)
    : createServer(listener);
  server.keepAliveTimeout = 30_000;
  return started(server, certificate ? 'https' : 'http', seen);
}

/** A server that speaks for itself on the bare socket. */
export async function serveRaw(onSocket: (socket: Socket) => void): Promise<TestServer> {
  return started(createRawServer(onSocket), 'http', []);
}

export interface TestProxy extends TestServer {
  /** `host:port` of each tunnel asked for. */
  tunnels: string[];
}

/** A proxy that opens tunnels and passes whole http URLs on. With `password` it wants `user:password`. */
export async function serveProxy(
  options: { password?: string; refuse?: number; certificate?: Certificate } = {},
): Promise<TestProxy> {
  const expected =
    options.password === undefined ? undefined : `Basic ${Buffer.from(options.password).toString('base64')}`;
  const tunnels: string[] = [];
  const seen: TestServer['seen'] = [];
  const { certificate } = options;
  const listener: RequestListener = (request, response) => {
    seen.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers });
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end('who are you');
      return;
    }
    response.end(`proxied ${request.url}`);
  };
  const server = certificate
    ? createSecureServer({ key: certificate.key, cert: certificate.certificate }, listener)
    : createServer(listener);
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    tunnels.push(request.url ?? '');
    seen.push({ url: request.url ?? '', method: 'CONNECT', headers: request.headers });
    socket.on('error', () => {});
    if (options.refuse !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuse} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const target = new URL(`http://${request.url}`);
    const onward = connect(Number(target.port), target.hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  return { ...(await started(server, certificate ? 'https' : 'http', seen)), tunnels };
}

/** A loopback port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = await serve(() => {});
  await server.close();
  return server.port;
}

async function started(server: Server, scheme: string, seen: TestServer['seen']): Promise<TestServer> {
  const open = new Set<Socket>();
  let sockets = 0;
  server.on('connection', (socket: Socket) => {
    sockets += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  closeAfterTest(close);
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    seen,
    sockets: () => sockets,
    stopListening: () => server.close(),
    close,
  };
}
