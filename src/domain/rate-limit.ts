import type { Outcome } from './probe.ts';

/**
 * Whether an answer is about too many requests and not about what was asked: 429, or a 403 that names a time to come back or a
 * limit that is used up (GitHub docs: troubleshooting the REST API, rate limit errors).
 */
export function isLimited(outcome: Extract<Outcome, { kind: 'answered' }>): boolean {
  const { status, headers } = outcome;
  if (status === 429) return true;
  return status === 403 && (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0');
}
