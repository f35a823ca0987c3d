import { type Agent, type IncomingMessage, request } from 'node:http';
import type { ContentEncoding } from '../domain/client-network.ts';
import type { AnswerBody, Question } from '../domain/probe.ts';
import { recordOf } from '../domain/record.ts';
import { classifyFailure, type Failure, StagedError } from './classify-failure.ts';
import { discardBody, readBody } from './read-body.ts';

/** Where the HTTP libraries of clients differ from Node's own, of which most are made. */
export interface AnswerRules {
  /** Answers of status 100 that nobody asked for: Node reads on; undici ends there. */
  interim: 'passed-over' | 'refused';
  /** A connection that is reset behind a body without a length: the body's end, or a broken body. */
  reset: 'ends-body' | 'breaks-body';
  /** Bytes behind a whole body: Node takes them for a broken answer; others read no further. */
  behind: 'unread' | 'breaks-body';
  /** Most bytes of a head; left out: as many as Node takes, which may be told. */
  head?: number;
}

/** One GET, or with `post` one POST of that body. `headers` go out as they are; `path` is absolute or, for a plain proxy, a whole URL. */
export interface ExchangeRequest {
  agent: Agent;
  path: string;
  headers: Readonly<Record<string, string>>;
  post?: string;
  /** Milliseconds until the head of the answer is there, and for the whole exchange. */
  timeout: number;
  bodyTimeout: number;
  read: Question['read'];
  decodes: readonly ContentEncoding[];
  rules: AnswerRules;
  /** Whether the body of an answer with this head is wanted; if not, it is read over. */
  wants(status: number, headers: Readonly<Record<string, string>>): boolean;
  count(bytes: number): void;
}

export type Exchange =
  | { kind: 'answered'; status: number; headers: Readonly<Record<string, string>>; body: AnswerBody | null }
  /** `reused`: no answer came over a connection that had been kept. */
  | { kind: 'failed'; failure: Failure; reused?: true };

/** Sends one request and reads its answer. Every fault and the time limit end in a value; nothing throws. */
export async function exchange(asked: ExchangeRequest): Promise<Exchange> {
  const deadline = new AbortController();
  const late = () => new StagedError('timeout', 'ETIMEDOUT', `no complete answer within ${asked.timeout} ms`);
  const end = () => deadline.abort(late());
  let timer = setTimeout(end, asked.timeout);
  let answering = false;
  try {
    const answer = await untilAborted(send(asked, deadline.signal), deadline.signal);
    const status = answer.statusCode ?? 0;
    const headers = headersOf(answer.rawHeaders);
    answering = true;
    clearTimeout(timer);
    timer = setTimeout(end, asked.bodyTimeout);
    const source = {
      stream: answer,
      status,
      encoding: headers['content-encoding'] ?? '',
      decodes: asked.decodes,
      endsByClosing: endsByClosing(answer),
      count: asked.count,
    };
    const wanted = asked.wants(status, headers);
    const reading = wanted ? readBody(source, asked.read) : discardBody(source).then(() => null);
    const body = await untilAborted<AnswerBody | null>(reading, deadline.signal);
    return { kind: 'answered', status, headers, body };
  } catch (error) {
    const failure = classifyFailure(deadline.signal.aborted ? late() : error, answering);
    return { kind: 'failed', failure, ...(recordOf(error).reused === true && { reused: true }) };
  } finally {
    clearTimeout(timer);
  }
}

/** Sends the request and gives the answer, whose body is to be read. Whoever destroys the body before its end, or fires the signal, ends the connection. */
function send(
  { agent, path, headers, post, rules }: ExchangeRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const method = post === undefined ? 'GET' : 'POST';
    const asked = request({
      agent,
      method,
      path,
      headers,
      setHost: false,
      ...(rules.head && { maxHeaderSize: rules.head }),
    });
    let answer: IncomingMessage | null = null;
    const fail = (error: Error) => {
      if (answer === null) reject(asked.reusedSocket ? Object.assign(error, { reused: true }) : error);
      else if (!isBodyEnd(error, answer, rules)) answer.destroy(error);
    };
    const refuse = (code: string, words: string) => {
      fail(new StagedError('protocol', code, words));
      asked.destroy();
    };
    signal.addEventListener('abort', () => asked.destroy(signal.reason), { once: true });
    asked.on('error', fail);
    asked.on('upgrade', () => refuse('UNASKED_UPGRADE', 'the server switches to another protocol unasked'));
    if (rules.interim === 'refused')
      asked.on('continue', () => refuse('UNASKED_CONTINUE', 'the server says 100 Continue unasked'));
    asked.on('response', (message) => {
      answer = message.on('error', () => {});
      resolve(message);
    });
    asked.end(post);
  });
}

/** Whether nothing but the end of the connection ends a body. */
function endsByClosing({ headers }: IncomingMessage): boolean {
  return headers['content-length'] === undefined && !/\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
}

function isBodyEnd(error: NodeJS.ErrnoException, answer: IncomingMessage, rules: AnswerRules): boolean {
  const isReset = error.code === 'ECONNRESET';
  if (answer.complete) return isReset || rules.behind === 'unread';
  return isReset && rules.reset === 'ends-body' && endsByClosing(answer);
}

/** The promise's end, or a rejection as soon as the signal fires: a request itself waits for a connection that is being set up. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** `raw` has a name and a value in turn. Lower-case names, repeated headers joined by commas. No prototype, since names come from the server. */
function headersOf(raw: readonly string[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null);
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? '';
    const value = Buffer.from(raw[at + 1] ?? '', 'latin1').toString();
    headers[name] = headers[name] ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}
