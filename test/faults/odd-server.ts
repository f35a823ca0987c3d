import { createServer, type Socket } from 'node:net';
import { checksums, packTarball } from '../../src/simulator/tarball.ts';
import { type Listening, listening } from './listening.ts';

export type OddKind = 'metadata' | 'tarball';

/** One request at an odd server, with the right answer to it. */
export interface OddScene {
  socket: Socket;
  kind: OddKind;
  /** Path and query as they were asked for. */
  target: string;
  /** How many of this kind came before. */
  nth: number;
  body: Buffer;
  /** A whole answer of HTTP/1.1 with a length, right where nothing is given. */
  answer(given?: { status?: number; headers?: readonly string[]; body?: Buffer | string }): Buffer;
}

export interface OddServer extends Listening {
  /** The heads of all requests. */
  heard: readonly string[];
}

export const oddName = '@acme/ui';
export const oddTarball = packTarball({ name: oddName, version: '1.4.0' });

/**
 * A registry of one package, `@acme/ui` 1.4.0, that answers rightly all but one kind of request. What `odd` gives for that kind is written to the socket;
 * for `null` it has written itself.
 */
export async function startOddServer(
  kind: OddKind,
  odd: (scene: OddScene) => Buffer | null,
  metadata: (dist: Record<string, unknown>) => unknown = usualMetadata,
): Promise<OddServer> {
  const heard: string[] = [];
  const counts = { metadata: 0, tarball: 0 };
  const server = createServer((socket) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        heard.push(head);
        respond(socket, head);
      }
    });
  });
  const place = await listening(server);
  return { ...place, heard };

  function respond(socket: Socket, head: string) {
    const target = head.split(' ')[1] ?? '/';
    const asked = target.includes('.tgz') ? 'tarball' : 'metadata';
    const dist = {
      tarball: `http://127.0.0.1:${place.port}/${oddName}/-/ui-1.4.0.tgz`,
      ...checksums(oddTarball),
    };
    const body = asked === 'tarball' ? oddTarball : Buffer.from(JSON.stringify(metadata(dist)));
    const scene: OddScene = {
      socket,
      kind: asked,
      target,
      nth: counts[asked]++,
      body,
      answer: ({ status = 200, headers = [], body: other = body } = {}) =>
        Buffer.concat([
          Buffer.from(
            [
              `HTTP/1.1 ${status} Whatever`,
              ...headers,
              `content-length: ${Buffer.byteLength(other)}`,
              '',
              '',
            ].join('\r\n'),
            'latin1',
          ),
          Buffer.from(other),
        ]),
    };
    const answer = asked === kind ? odd(scene) : scene.answer();
    if (answer !== null) socket.write(answer);
  }
}

function usualMetadata(dist: Record<string, unknown>): unknown {
  return {
    name: oddName,
    'dist-tags': { latest: '1.4.0' },
    versions: { '1.4.0': { name: oddName, version: '1.4.0', dist } },
    time: { '1.4.0': '2020-01-01T00:00:00.000Z' },
  };
}
