import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { gzipSync } from 'node:zlib';
import type { Certificate } from '../io/support/certificates.ts';
import type { AnswerFault, FaultPlan } from './fault-plan.ts';
import { type Listening, listening } from './listening.ts';
import { seededChoice } from './seeded-choice.ts';

/** What stands before GitLab. `whole` holds the paths that were answered as GitLab answered them, to the last byte. */
export interface FaultyFront extends Listening {
  whole: ReadonlySet<string>;
  /** Every fault that was done, with its path. */
  done: readonly string[];
  /** Headers of requests that only a proxy should have seen. */
  strayHeaders: readonly string[];
}

export interface FrontOptions {
  plan: FaultPlan;
  certificate: Certificate | null;
  /** Where GitLab listens: asked when the first request is there. */
  upstream(): number;
  /** Origins that redirects lead to. */
  elsewhere(): { other: string; otherPort: string };
  token: string;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));

/** Starts the front: every answer is GitLab's own, or what the plan makes of it. */
export async function startFaultyFront(options: FrontOptions): Promise<FaultyFront> {
  const { plan, certificate } = options;
  const counts = new Map<string, number>();
  const whole = new Set<string>();
  const done: string[] = [];
  const strayHeaders: string[] = [];
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const target = request.url ?? '/';
    const path = target.replace(/\?.*/, '');
    const nth = counts.get(path) ?? 0;
    counts.set(path, nth + 1);
    if (request.headers['proxy-authorization'] !== undefined)
      strayHeaders.push(`proxy-authorization ${path}`);
    response.on('error', () => {});
    ask(options.upstream(), request).then(
      (answer) => {
        if (response.destroyed) return;
        const fault = plan.faultOf(path, nth);
        if (fault === 'none') {
          response.writeHead(answer.status, answer.headers);
          response.end(answer.body, () => answer.status === 200 && whole.add(path));
          return;
        }
        done.push(`${fault} ${path}`);
        spoil(fault, { answer, request, response, path, whole: () => whole.add(path), options });
      },
      () => response.destroy(),
    );
  };
  const server = certificate
    ? createSecureServer({ key: certificate.key, cert: certificate.certificate }, onRequest)
    : createServer(onRequest);
  server.keepAliveTimeout = 30_000;
  return { ...(await listening(server)), whole, done, strayHeaders };
}

function ask(port: number, request: IncomingMessage): Promise<Answer> {
  const { method = 'GET', url: path = '/', headers } = request;
  return new Promise((resolve, reject) => {
    const asked = plainRequest(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      async (answer) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk as Buffer);
          const { connection: _, 'keep-alive': __, ...kept } = answer.headers;
          resolve({ status: answer.statusCode ?? 500, headers: kept, body: Buffer.concat(chunks) });
        } catch (error) {
          reject(error);
        }
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

interface Scene {
  answer: Answer;
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  /** To be called when the answer has gone out whole after all. */
  whole(): void;
  options: FrontOptions;
}

/** Does one fault. What the last call gives is of no use. */
function spoil(fault: AnswerFault, scene: Scene): unknown {
  const { answer, request, response, path, options } = scene;
  const { plan } = options;
  const draw = seededChoice(`spoil ${plan.seed} ${fault} ${path}`);
  const socket = response.socket;
  if (socket === null) return;
  const { body, status } = answer;
  // only a bare socket can be reset
  const reset = () => ('encrypted' in socket ? socket.destroy() : socket.resetAndDestroy());
  const type = answer.headers['content-type'] ?? 'application/octet-stream';
  const half = body.subarray(0, draw.below(body.length + 1));
  const head = (more: string, code = status) =>
    `HTTP/1.1 ${code} Whatever\r\ncontent-type: ${type}\r\n${more}`;
  const withLength = (length: number) => head(`content-length: ${length}\r\n\r\n`);
  const reply = (code: number, headers: Record<string, string | number>, content: Buffer | string = '') =>
    response.writeHead(code, headers).end(content);
  const redirect = (location: string) => reply(draw.one([301, 302, 303, 307, 308]), { location });
  const self = `${request.headers.host ?? ''}`;
  const scheme = plan.secure ? 'https' : 'http';
  const drip = (pause: number, size: number) => {
    response.writeHead(status, { ...answer.headers, 'content-length': body.length });
    let at = 0;
    const timer = setInterval(() => {
      response.write(body.subarray(at, at + size));
      at += size;
      if (at < body.length) return;
      clearInterval(timer);
      response.end(() => status === 200 && scene.whole());
    }, pause);
    response.on('close', () => clearInterval(timer));
  };
  switch (fault) {
    case 'reset-before-head':
      return reset();
    case 'close-before-head':
      return socket.end();
    case 'reset-in-head':
      return socket.write('HTTP/1.1 200 OK\r\ncontent-le', () => reset());
    case 'reset-after-head':
      return socket.write(withLength(body.length), () => reset());
    case 'truncated-and-closed':
      return socket.end(Buffer.concat([Buffer.from(withLength(body.length + 1)), half]));
    case 'truncated-and-reset':
      return socket.write(Buffer.concat([Buffer.from(withLength(body.length + 1)), half]), () => reset());
    case 'truncated-chunk':
      return socket.end(
        Buffer.concat([
          Buffer.from(head(`transfer-encoding: chunked\r\n\r\n${(body.length + 1).toString(16)}\r\n`)),
          half,
        ]),
      );
    case 'length-too-small':
      return socket.end(Buffer.concat([Buffer.from(withLength(Math.max(0, half.length - 1))), body]));
    case 'length-too-big':
      return socket.write(Buffer.concat([Buffer.from(withLength(body.length + 1000)), body]));
    case 'two-lengths':
      return socket.end(
        Buffer.concat([
          Buffer.from(head(`content-length: ${body.length}\r\ncontent-length: ${body.length + 7}\r\n\r\n`)),
          body,
        ]),
      );
    case 'shortened':
      return reply(status, { 'content-type': type }, body.subarray(0, Math.max(0, half.length - 1)));
    case 'lengthened':
      return reply(status, { 'content-type': type }, Buffer.concat([body, draw.bytes(100)]));
    case 'one-bit-flipped': {
      // a flipped bit in metadata can be a true sentence about another version
      if (!path.endsWith('.tgz') || body.length === 0) return reset();
      const flipped = Buffer.from(body);
      const at = draw.below(flipped.length);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << draw.below(8));
      return reply(status, { 'content-type': type }, flipped);
    }
    case 'slow-bytes':
      return drip(5, Math.max(1, Math.ceil(body.length / 10)));
    case 'slower-bytes':
      return drip(30, Math.max(1, Math.ceil(body.length / 1000)));
    case 'stall-before-head':
      return;
    case 'stall-in-head':
      return socket.write('HTTP/1.1 200 OK\r\ncontent-le');
    case 'stall-in-body':
      return socket.write(Buffer.concat([Buffer.from(withLength(body.length + 1)), half]));
    case 'garbage-instead-of-http':
      return socket.end(draw.bytes(500));
    case 'garbage-body':
      return reply(200, { 'content-type': type }, draw.bytes(2000));
    case 'empty-body':
      return reply(200, { 'content-type': type });
    case 'html-page':
      return reply(200, { 'content-type': 'text/html' }, '<html><title>Sign in</title></html>');
    case 'gzip-bomb':
      return reply(200, { 'content-type': type, 'content-encoding': 'gzip' }, bomb);
    case 'broken-gzip':
      return reply(200, { 'content-type': type, 'content-encoding': 'gzip' }, bomb.subarray(0, 900));
    case 'unasked-encoding':
      // the bytes are the right ones all the same
      response.writeHead(status, { 'content-type': type, 'content-encoding': 'zstd' });
      return response.end(body, () => status === 200 && scene.whole());
    case 'informational-answers': {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n'.repeat(20));
      response.writeHead(status, answer.headers);
      response.end(body, () => status === 200 && scene.whole());
      return;
    }
    case 'answered-twice': {
      const one = Buffer.concat([Buffer.from(withLength(body.length)), body]);
      return socket.write(Buffer.concat([one, one]), () => status === 200 && scene.whole());
    }
    case '429':
      return reply(429, { 'content-type': 'text/plain' }, 'Retry later\n');
    case '429-after-seconds':
      return reply(429, { 'retry-after': String(draw.below(60)) }, 'Retry later\n');
    case '429-after-date':
      return reply(429, { 'retry-after': new Date(Date.now() + draw.below(60_000)).toUTCString() });
    case '429-after-years':
      return reply(429, { 'retry-after': '999999999' });
    case '429-after-nonsense':
      return reply(429, { 'retry-after': draw.one(['-1', 'soon', '1e9', 'Mon, 99 Foo 9999', '1, 2']) });
    case '500':
    case '501':
    case '502':
    case '504':
      return reply(Number(fault), { 'content-type': 'text/html' }, `<h1>${fault}</h1>`);
    case '503-after-seconds':
      return reply(503, { 'retry-after': '3' }, 'GitLab is not responding');
    case 'redirect-to-itself':
      return redirect(`${scheme}://${self}${path}`);
    case 'redirect-ping-pong':
      return redirect(path.endsWith('/pong') ? path.slice(0, -5) : `${path}/pong`);
    case 'redirect-chain':
      return redirect(`${path}/on`);
    case 'redirect-elsewhere':
      return redirect(`${options.elsewhere().other}${path}`);
    case 'redirect-elsewhere-with-user':
      return redirect(`${options.elsewhere().other.replace('://', '://gitlab-ci-token:guess@')}${path}`);
    case 'redirect-elsewhere-with-token':
      // a server that hands the credential on itself: what it does is its own, but it must not be shown
      return redirect(`${options.elsewhere().other}${path}?private_token=${options.token}`);
    case 'redirect-home-with-user':
      return redirect(`${scheme}://gitlab-ci-token:guess@${self}${path}?again`);
    case 'redirect-to-other-port':
      return redirect(`${options.elsewhere().otherPort}${path}`);
    case 'redirect-to-nothing':
      return redirect('http://[::bad');
    case 'redirect-to-file':
      return redirect('file:///etc/hostname');
    case 'redirect-to-nowhere-said':
      return reply(302, {});
    case 'redirect-to-portal':
      return reply(302, { location: `${options.elsewhere().other}/portal?from=${encodeURIComponent(path)}` });
    case 'gateway-without-route':
      return reply(404, json, '{"message":"no Route matched with those values"}');
    case 'gateway-without-key':
      return reply(403, json, '{"message":"Missing Authentication Token"}');
    case 'gateway-forbids':
      return reply(403, json, draw.one(['{"message":"Forbidden"}', '{"error":"forbidden by policy"}']));
    case 'gateway-unauthorized':
      return reply(401, { ...json, 'www-authenticate': 'Key realm="gateway"' }, '{"message":"Unauthorized"}');
    case 'firewall-page':
      return reply(draw.one([401, 403, 404]), { 'content-type': 'text/html' }, '<h1>Blocked</h1>');
    case 'empty-refusal':
      return reply(draw.one([401, 403, 404]), {});
    case 'odd-status':
      return reply(draw.one(oddStatuses), json, '{"message":"Something else"}');
    case 'no-content':
      return reply(204, {});
    case 'part-of-it':
      return reply(206, { 'content-type': type, 'content-range': `bytes 0-9/${body.length}` }, half);
    case 'not-modified':
      return reply(304, { etag: '"1"' });
    case 'switching-protocols':
      return socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n');
    case 'upgrade-to-http2':
      return socket.end(Buffer.from('000000040000000000', 'hex'));
    case 'cut-without-length':
      return socket.end(
        Buffer.concat([Buffer.from(`HTTP/1.1 ${status} X\r\nconnection: close\r\n\r\n`), half]),
      );
    case 'continue-unasked':
      return socket.end('HTTP/1.1 100 Continue\r\n\r\n');
    case 'continue-before-answer':
      socket.write('HTTP/1.1 100 Continue\r\nx-more: 1\r\n\r\n'.repeat(draw.below(3) + 1));
      response.writeHead(status, answer.headers);
      return response.end(body, () => status === 200 && scene.whole());
    case 'another-success':
      if (status !== 200) return reply(202, json, '{}');
      response.writeHead(draw.one([201, 203, 206, 226]), answer.headers);
      return response.end(body, () => scene.whole());
    case 'redirect-many-times': {
      const left = Number(/\?left=(\d+)/.exec(request.url ?? '')?.[1] ?? 8);
      if (left > 0) return redirect(`${path}?left=${left - 1}`);
      response.writeHead(status, answer.headers);
      return response.end(body, () => status === 200 && scene.whole());
    }
    case 'header-named-constructor':
      response.writeHead(status, { ...answer.headers, constructor: 'x' });
      response.end(body, () => status === 200 && scene.whole());
      return;
    case 'limit-forbids':
      return reply(
        403,
        { ...json, ...draw.one([{ 'retry-after': '600' }, { 'x-ratelimit-remaining': '0' }]) },
        draw.one(['{"message":"403 Forbidden"}', '{"message":"Too many requests"}']),
      );
    case 'old-protocol':
      // no length and no chunks: the end is the end of the connection
      return socket.end(
        Buffer.concat([Buffer.from(`HTTP/1.0 ${status} OK\r\ncontent-type: ${type}\r\n\r\n`), half]),
      );
    case 'huge-header':
      return socket.end(head(`x-huge: ${'x'.repeat(200_000)}\r\ncontent-length: 0\r\n\r\n`));
    case 'many-headers':
      return socket.end(head(`${'x-one: 1\r\n'.repeat(5000)}content-length: 0\r\n\r\n`));
    case 'folded-header':
      return socket.end(
        Buffer.concat([
          Buffer.from(head(`x-folded: one\r\n two\r\ncontent-length: ${body.length}\r\n\r\n`)),
          body,
        ]),
      );
    case 'nameless-header':
      return socket.end(
        Buffer.concat([
          Buffer.from(head(`${draw.one([':', 'x :'])} y\r\ncontent-length: ${body.length}\r\n\r\n`)),
          body,
        ]),
      );
    case 'bare-line-feeds':
      return socket.end(head('content-length: 2\r\n\r\n{}').replaceAll('\r\n', '\n'));
    case 'spaced-header-name':
      return socket.end(head('content length : 2\r\n\r\n{}'));
    case 'zero-in-header':
      return socket.end(head('x-zero: a\0b\r\ncontent-length: 2\r\n\r\n{}'));
    case 'negative-chunk':
      return socket.end(head('transfer-encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n'));
    case 'chunk-extensions-and-trailers': {
      const size = body.length.toString(16);
      const chunked = head(`transfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n${size};a=b\r\n`);
      const end = body.length === 0 ? '0\r\n\r\n' : '\r\n0\r\nx-sum: 1\r\n\r\n';
      const whole = body.length === 0 ? [] : [body];
      const start = body.length === 0 ? head('transfer-encoding: chunked\r\n\r\n') : chunked;
      return socket.write(Buffer.concat([Buffer.from(start), ...whole, Buffer.from(end)]), () => {
        if (status === 200) scene.whole();
      });
    }
    case 'length-and-chunks':
      return socket.end(head('content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'));
    case 'json-of-another-kind':
      return reply(
        200,
        json,
        draw.one(['null', '[]', '"text"', '42', 'true', '{}', '[[]]', '{"message":"ok"}']),
      );
    case 'json-too-deep':
      return reply(200, json, draw.one(['[', '{"a":']).repeat(200_000));
    case 'metadata-of-wrong-types':
      return path.endsWith('.tgz') ? reset() : reply(200, json, draw.one(wrongMetadata));
    case 'tarball-nowhere':
      return path.endsWith('.tgz')
        ? reset()
        : reply(
            status,
            json,
            body.toString('utf8').replace(/"tarball":"[^"]*"/g, () => draw.one(nowhere)),
          );
  }
}

const json = { 'content-type': 'application/json' };

const oddStatuses: readonly [number, ...number[]] = [
  300, 305, 400, 402, 405, 406, 407, 408, 409, 410, 418, 421, 425, 426, 431, 451, 499, 505, 507, 511, 520,
  525, 599,
];

/** Metadata that no registry gives: nothing in it has the kind of value that it should have. */
const wrongMetadata: readonly [string, ...string[]] = [
  '{"name":"@acme/ui","versions":[],"dist-tags":[]}',
  '{"name":"@acme/ui","versions":null,"dist-tags":null}',
  '{"name":"@acme/ui","versions":"1.4.0","dist-tags":{"latest":"1.4.0"}}',
  '{"name":"@acme/ui","versions":{"1.4.0":null},"dist-tags":{"latest":"1.4.0"}}',
  '{"name":"@acme/ui","versions":{"1.4.0":{"dist":[]}},"dist-tags":{"latest":"1.4.0"}}',
  '{"name":"@acme/ui","versions":{"1.4.0":{"version":{},"dist":{"tarball":7}}},"dist-tags":{"latest":1}}',
  '{"__proto__":{"versions":{"1.4.0":{}}},"constructor":null}',
];

const nowhere: readonly [string, ...string[]] = [
  '"tarball":""',
  '"tarball":"file:///etc/hostname"',
  '"tarball":"http://[::bad/a.tgz"',
  '"tarball":"../../ui-1.4.0.tgz"',
  '"tarball":"data:application/gzip;base64,H4sIAAAAAAAAAwMAAAAAAAAAAAA="',
  '"tarball":null',
];
