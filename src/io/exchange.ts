import { Readable } from 'node:stream';
import { setImmediate as nextCycle } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import request from 'undici/lib/api/api-request.js';
import type { ContentEncoding } from '../domain/client.ts';
import type { AnswerBody, Question } from '../domain/probe.ts';
import { classifyFailure, type Failure, StagedError } from './classify-failure.ts';
import { discardBody, readBody } from './read-body.ts';

/** One GET on a connection pool, or with `post` one POST of that body. `headers` go out as they are; `path` is absolute or, for a plain proxy, a whole URL. */
export interface ExchangeRequest {
  pool: Dispatcher;
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
    const response = await untilAborted(dispatch(asked, deadline.signal), deadline.signal);
    answering = true;
    clearTimeout(timer);
    timer = setTimeout(end, asked.bodyTimeout);
    const headers = headersOf(response.headers);
    const source = {
      stream: bodyOf(response),
      status: response.statusCode,
      encoding: headers['content-encoding'] ?? '',
      decodes: asked.decodes,
      endsByClosing:
        headers['content-length'] === undefined && !/\bchunked\b/i.test(headers['transfer-encoding'] ?? ''),
      count: asked.count,
    };
    const wanted = asked.wants(response.statusCode, headers);
    const reading = wanted ? readBody(source, asked.read) : discardBody(source).then(() => null);
    const body = await untilAborted<AnswerBody | null>(reading, deadline.signal);
    // undici takes a connection back one cycle after its answer: a request sent earlier would open another one.
    await nextCycle();
    return { kind: 'answered', status: response.statusCode, headers, body };
  } catch (error) {
    return { kind: 'failed', failure: classifyFailure(deadline.signal.aborted ? late() : error, answering) };
  } finally {
    clearTimeout(timer);
  }
}

/** The length that a 304 names is that of the answer it stands for (RFC 9110, section 15.4.5): nothing follows, and undici would wait for it. */
function bodyOf({ statusCode, body }: Dispatcher.ResponseData): Readable {
  if (statusCode !== 304) return body;
  body.destroy();
  return Readable.from([]);
}

async function dispatch(asked: ExchangeRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const { pool, path, headers, post } = asked;
  const sent = post === undefined ? ({ method: 'GET' } as const) : ({ method: 'POST', body: post } as const);
  const response = await request.call(guarded(pool), { path, ...sent, headers: { ...headers }, signal });
  response.body.on('error', () => {});
  if (signal.aborted) response.body.destroy();
  return response;
}

/**
 * undici collects headers in an object with a prototype, and fails on one whose name is a property there (`constructor`): such headers are left out, as nobody
 * asks for them.
 */
function guarded(pool: Dispatcher): Pick<Dispatcher, 'dispatch'> {
  return {
    dispatch(options, handler) {
      const { onHeaders } = handler;
      if (onHeaders)
        handler.onHeaders = (status, raw, ...rest) =>
          onHeaders.call(handler, status, withoutInherited(raw), ...rest);
      return pool.dispatch(options, handler);
    },
  };
}

/** `raw` has a name and a value in turn. */
function withoutInherited(raw: Buffer[]): Buffer[] {
  const isInherited = (name: Buffer | undefined) => (name?.toString('latin1').toLowerCase() ?? '') in {};
  return raw.filter((_, index) => !isInherited(raw[index - (index % 2)]));
}

/** The promise's end, or a rejection as soon as the signal fires: undici itself waits for a connection that is being set up. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Lower-case names, repeated headers joined by commas. No prototype, since names come from the server. */
function headersOf(raw: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
