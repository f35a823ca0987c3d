import { request as ask, createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startGitLab } from '../src/simulator/start-gitlab.ts';
import { type BenchWorld, modelOf } from './bench-world.ts';
import type { FromRegistry, ToRegistry } from './running-registry.ts';

// A process of its own: the embedded GitLab behind a server that adds round trips and counts. An answer is worked out once and
// remembered, so that the time of the simulator itself counts for nobody.

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const tell = (message: FromRegistry) => process.send?.(message);

let roundTrip = 0;
let requests = 0;
let connections = 0;
let mostConnections = 0;
let deepest = 0;
let sockets: Socket[] = [];

process.on('message', (message: ToRegistry) => {
  if (message.kind === 'open') void open(message.world);
  if (message.kind === 'set-round-trip') {
    roundTrip = message.milliseconds;
    tell({ kind: 'set' });
  }
  if (message.kind === 'count') {
    const bytes = sockets.reduce((sum, socket) => sum + socket.bytesRead + socket.bytesWritten, 0);
    tell({ kind: 'counted', counts: { requests, bytes, connections: mostConnections, roundTrips: deepest } });
    for (const socket of sockets) socket.destroy();
    sockets = [];
    requests = 0;
    mostConnections = 0;
    deepest = 0;
  }
});
process.on('disconnect', () => process.exit());

async function open(world: BenchWorld): Promise<void> {
  const known = new Map<string, Promise<Answer>>();
  const fresh = new WeakSet<Socket>();
  let behind = '';
  const server = createServer(async (incoming, outgoing) => {
    requests += 1;
    // one more than the longest chain of requests that had been answered when this one came
    const depth = deepest + 1;
    const { method = 'GET', url = '/', headers, socket } = incoming;
    const key = `${method} ${url} ${headers.authorization ?? ''} ${headers['job-token'] ?? ''}`;
    const answer = known.get(key) ?? answerOf(behind, method, url, headers);
    known.set(key, answer);
    // a connection costs one round trip before its first request, a request one
    const trips = fresh.delete(socket) ? 2 : 1;
    const [{ status, headers: said, body }] = await Promise.all([
      answer,
      roundTrip > 0 ? delay(roundTrip * trips) : null,
    ]);
    deepest = Math.max(deepest, depth);
    outgoing.writeHead(status, said as OutgoingHttpHeaders).end(body);
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    fresh.add(socket);
    sockets.push(socket);
    connections += 1;
    mostConnections = Math.max(mostConnections, connections);
    socket.once('close', () => {
      connections -= 1;
    });
  });
  server.listen(0, '127.0.0.1', 1024, async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    behind = (await startGitLab(modelOf(world), { externalUrl: url })).url;
    tell({ kind: 'open', url });
  });
}

function answerOf(
  origin: string,
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = ask(`${origin}${url}`, { method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const { connection, 'keep-alive': _, date, ...said } = answer.headers;
        resolve({ status: answer.statusCode ?? 500, headers: said, body: Buffer.concat(parts) });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}
