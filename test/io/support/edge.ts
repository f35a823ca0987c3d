import type { ClientNetwork } from '../../../src/domain/client-network.ts';
import type { Outcome, Question } from '../../../src/domain/probe.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Clock } from '../../../src/io/clock.ts';
import { createHttp, type Http, type HttpOptions } from '../../../src/io/http.ts';
import { closeAfterTest } from './servers.ts';

export const token = 'glcbt-64_aB3dE5fG7hI9jK';

/** An edge without retries and with a short time limit, closed after the test. */
export function edge(options: Partial<HttpOptions> = {}): Http {
  const http = createHttp({
    version: '0.0.0-test',
    timeout: 5000,
    retries: 0,
    concurrency: null,
    env: {},
    network: null,
    ...options,
  });
  closeAfterTest(() => http.close());
  return http;
}

/** A metadata question with the token as `Bearer`. */
export function question(url: string, change: Partial<Question> = {}): Question {
  return {
    probe: 'metadata',
    url,
    authorization: { kind: 'bearer', secret: new Secret(token) },
    accept: 'application/json',
    read: { kind: 'text', limit: 10_000 },
    redirects: 'same-origin',
    ...change,
  };
}

export const digest = {
  read: { kind: 'digest', algorithms: ['sha1', 'sha512'], limit: 1_000_000 },
} satisfies Partial<Question>;

export function network(change: Partial<ClientNetwork>): ClientNetwork {
  return { proxy: null, httpsProxy: null, noProxy: null, ca: [], cafile: null, strictSsl: true, ...change };
}

/** A clock that never waits; it jumps on by what was asked for and remembers it. */
export function jumpingClock(start = Date.UTC(2026, 0, 1)): Clock & { waits: number[] } {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    async wait(milliseconds) {
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
}

/** The outcome as an answer; fails the test when it is none. */
export function answered(outcome: Outcome): Outcome & { kind: 'answered' } {
  if (outcome.kind !== 'answered') throw new Error(`no answer: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** `stage code` of an outcome that had no answer. */
export function failure(outcome: Outcome): string {
  return outcome.kind === 'unreachable' ? `${outcome.stage} ${outcome.code}` : outcome.kind;
}

export function textOf(outcome: Outcome): string {
  const { body } = answered(outcome);
  return body.kind === 'text' ? body.text : body.excerpt;
}
