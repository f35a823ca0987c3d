import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, type Reply } from './reply.ts';

const bodyLimit = 64 * 1024 * 1024;

/** A running loopback server. `close` ends open connections too and may be called twice. */
export interface Loopback {
  origin: string;
  close(): Promise<void>;
}

/** Answers every request by `reply` (query still in `request.url`); a throw becomes a 500 without detail. HEAD gets no body. */
export async function startLoopback(
  reply: (request: IncomingMessage, body: Buffer) => Reply,
): Promise<Loopback> {
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) =>
        send(
          request,
          response,
          body === null
            ? json(413, { error: 'Request Entity Too Large' })
            : safely(() => reply(request, body)),
        ),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => stop(server) };
}

/** Path (still encoded, nothing resolved) and query of a request. */
export function targetOf(request: IncomingMessage): { pathname: string; searchParams: URLSearchParams } {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const pathname = mark < 0 ? url : url.slice(0, mark);
  return { pathname, searchParams: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)) };
}

function safely(reply: () => Reply): Reply {
  try {
    return reply();
  } catch {
    return json(500, { message: '500 Internal Server Error' });
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size > bodyLimit ? null : Buffer.concat(chunks);
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Reply): void {
  const content = body === null ? Buffer.alloc(0) : Buffer.from(body);
  response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': content.length }) });
  response.end(request.method === 'HEAD' || status === 204 ? undefined : content);
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
