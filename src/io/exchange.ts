import { Readable } from 'node:stream';
import { setImmediate as nextCycle } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { ContentEncoding } from '../domain/client-network.ts';
import type { AnswerBody, Question } from '../domain/probe.ts';
import { classifyFailure, type Failure, StagedError } from './classify-failure.ts';
import { discardBody, readBody } from './read-body.ts';

/** One GET on a connection, or with `post` one POST of that body. `headers` go out as they are; `path` is absolute or, for a plain proxy, a whole URL. */
export interface ExchangeRequest {
  connection: Dispatcher;
  path: string;
  headers: Readonly<Record<string, string>>;
  post?: string;
  /** Milliseconds until the head of the answer is there, and for the whole exchange. */
  timeout: number;
  bodyTimeout: number;
  read: Question['read'];
  decodes: readonly ContentEncoding[];
  /** Whether the body of an answer with this head is wanted; if not, it is read over. */
  wants(status: number, headers: Readonly<Record<string, string>>): boolean;
  count(bytes: number): void;
}

export type Exchange =
  | { kind: 'answered'; status: number; headers: Readonly<Record<string, string>>; body: AnswerBody | null }
  | { kind: 'failed'; failure: Failure };

/** Sends one request and reads its answer. Every fault and the time limit end in a value; nothing throws. */
export async function exchange(asked: ExchangeRequest): Promise<Exchange> {
  const deadline = new AbortController();
  const late = () => new StagedError('timeout', 'ETIMEDOUT', `no complete answer within ${asked.timeout} ms`);
  const end = () => deadline.abort(late());
  let timer = setTimeout(end, asked.timeout);
  let answering = false;
  try {
    const answer = await untilAborted(send(asked, deadline.signal), deadline.signal);
    const { status, headers } = answer;
    answering = true;
    clearTimeout(timer);
    timer = setTimeout(end, asked.bodyTimeout);
    const source = {
      stream: bodyOf(answer),
      status,
      encoding: headers['content-encoding'] ?? '',
      decodes: asked.decodes,
      endsByClosing:
        headers['content-length'] === undefined && !/\bchunked\b/i.test(headers['transfer-encoding'] ?? ''),
      count: asked.count,
    };
    const wanted = asked.wants(status, headers);
    const reading = wanted ? readBody(source, asked.read) : discardBody(source).then(() => null);
    const body = await untilAborted<AnswerBody | null>(reading, deadline.signal);
    // undici takes a connection back one cycle after its answer: a request sent earlier would open another one.
    await nextCycle();
    return { kind: 'answered', status, headers, body };
  } catch (error) {
    return { kind: 'failed', failure: classifyFailure(deadline.signal.aborted ? late() : error, answering) };
  } finally {
    clearTimeout(timer);
  }
}

interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Readable;
}

/** The length that a 304 names is that of the answer it stands for (RFC 9110, section 15.4.5): nothing follows, and undici would wait for it. */
function bodyOf({ status, body }: Answer): Readable {
  if (status !== 304) return body;
  body.destroy();
  return Readable.from([]);
}

/** Sends the request and gives the head of its answer. Whoever destroys the body before its end, or fires the signal, ends the connection. */
function send({ connection, path, headers, post }: ExchangeRequest, signal: AbortSignal): Promise<Answer> {
  const sent = post === undefined ? ({ method: 'GET' } as const) : ({ method: 'POST', body: post } as const);
  return new Promise((resolve, reject) => {
    let body: Readable | null = null;
    let abort: (reason: Error) => void = () => {};
    const stop = () => (body === null ? abort(signal.reason) : body.destroy(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    connection.dispatch(
      { path, ...sent, headers: { ...headers } },
      {
        onConnect(end) {
          abort = end;
          if (signal.aborted) stop();
        },
        onHeaders(status, raw, resume) {
          if (status < 200) return true;
          body = bodyStream(resume, abort);
          resolve({ status, headers: headersOf(raw), body });
          return true;
        },
        onData: (chunk) => body?.push(chunk) ?? true,
        onComplete: () => void body?.push(null),
        // what has come is handed on before
        onError: (error) => (body === null ? reject(error) : queueMicrotask(() => body?.destroy(error))),
      },
    );
  });
}

/** The body as a stream that takes the connection along when it is destroyed before its end. */
function bodyStream(resume: () => void, abort: (reason: Error) => void): Readable {
  const body = new Readable({
    highWaterMark: 64 * 1024,
    read: resume,
    destroy(error, done) {
      const reason = error ?? (this.readableEnded ? null : new Error('the rest of the body is not wanted'));
      if (reason !== null) abort(reason);
      done(reason);
    },
  });
  return body.on('error', () => {});
}

/** The promise's end, or a rejection as soon as the signal fires: undici itself waits for a connection that is being set up. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** `raw` has a name and a value in turn. Lower-case names, repeated headers joined by commas. No prototype, since names come from the server. */
function headersOf(raw: readonly Buffer[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toString('latin1').toLowerCase() ?? '';
    const value = raw[at + 1]?.toString('utf8') ?? '';
    headers[name] = headers[name] ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}
