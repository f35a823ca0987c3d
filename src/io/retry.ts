import type { Failure } from './classify-failure.ts';

/** What one exchange ended with, as far as the decision to ask again goes. Header names are lower-case. */
export type Attempt =
  | { kind: 'answered'; status: number; headers: Readonly<Record<string, string>> }
  | { kind: 'failed'; failure: Failure };

/** 501 and 505 say what the server is, not how it fares. */
const lastingServerErrors = new Set([501, 505]);

/**
 * Milliseconds to wait before the same request may be sent again, `null` when that would not help. 408, which every client asks again (run for
 * real), 429 and 5xx follow
 * `Retry-After` (seconds or date, counted from `now`); without it, and for broken connections, the wait triples from 250 ms.
 * `retry` counts from 0.
 */
export function retryDelay(attempt: Attempt, retry: number, now: number): number | null {
  const backoff = 250 * 3 ** retry;
  if (attempt.kind === 'failed') return attempt.failure.transient ? backoff : null;
  const { status } = attempt;
  const worthIt =
    status === 408 || status === 429 || (status >= 500 && status < 600 && !lastingServerErrors.has(status));
  if (!worthIt) return null;
  return retryAfter(attempt.headers['retry-after'], now) ?? backoff;
}

function retryAfter(value: string | undefined, now: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
