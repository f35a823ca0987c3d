import { createServer, type IncomingMessage, request as plainRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Way } from './fault-plan.ts';
import { type Listening, listening } from './listening.ts';

/** An HTTP proxy with a mind of its own. `seen` holds the heads of the tunnels it was asked for: nothing of a job belongs there. */
export interface FaultyProxy extends Listening {
  seen: readonly string[];
}

export const proxyPassword = 'user:proxy-PassW0rd-9k2';

/** Starts the proxy of a way. */
export async function startFaultyProxy(way: Way): Promise<FaultyProxy> {
  const seen: string[] = [];
  const expected = `Basic ${Buffer.from(proxyPassword).toString('base64')}`;
  const unwelcome = (request: IncomingMessage): number | null => {
    if (way === 'proxy-wants-password') return 407;
    if (way === 'proxy-with-password' && request.headers['proxy-authorization'] !== expected) return 407;
    if (way === 'proxy-refuses') return 403;
    return way === 'proxy-fails' ? 502 : null;
  };
  const misbehave = (socket: Socket): boolean => {
    if (way === 'proxy-dies') socket.resetAndDestroy();
    else if (way === 'proxy-talks-nonsense') socket.end('220 mail.example ESMTP\r\n');
    else if (way !== 'proxy-stalls') return false;
    return true;
  };
  const server = createServer((request, response) => {
    if (misbehave(request.socket)) return;
    const status = unwelcome(request);
    if (status !== null) return response.writeHead(status).end('the proxy says no');
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const onward = plainRequest(
      { host: url.hostname, port: url.port, path: url.pathname + url.search, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', () => response.destroy());
        if (way === 'proxy-dies-in-tunnel') answer.once('data', () => request.socket.resetAndDestroy());
        answer.pipe(response);
      },
    );
    onward.on('error', () => request.socket.resetAndDestroy());
    response.on('close', () => onward.destroy());
    onward.end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    seen.push(request.rawHeaders.join('\n'));
    socket.on('error', () => {});
    if (misbehave(socket)) return;
    const status = unwelcome(request);
    if (status !== null) return socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const target = new URL(`http://${request.url}`);
    const onward = connect(Number(target.port), target.hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
      if (way === 'proxy-dies-in-tunnel') onward.once('data', () => socket.resetAndDestroy());
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  return { ...(await listening(server)), seen };
}
