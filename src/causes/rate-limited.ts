import { type Cause, ruledOut } from '../domain/cause.ts';
import { isLimited } from '../domain/rate-limit.ts';
import { failingRequest } from './parts/failing-request.ts';
import { seenLine } from './parts/seen.ts';

/** The server limits the rate of requests: 429, after the retries that it allowed. */
export const rateLimited: Cause = {
  code: 'NP406',
  slug: 'rate-limited',
  title: 'the server limits the rate of requests',
  severity: 'error',
  needs: [],
  example: 'rate-limited',
  weigh(clues) {
    const request = failingRequest(clues);
    const outcome = request?.observation.outcome;
    return outcome?.kind === 'answered' && isLimited(outcome)
      ? { kind: 'confirmed', because: [request?.kind ?? 'metadata'] }
      : ruledOut;
  },
  state(clues) {
    const request = failingRequest(clues);
    const outcome = request?.observation.outcome;
    const after = outcome?.kind === 'answered' ? outcome.headers['retry-after'] : undefined;
    const host = new URL(request?.url ?? 'https://server.example').host;
    return {
      title: `${host} limits the rate of requests and refuses this job for now`,
      seen: seenLine(clues, 'configuration'),
      location: null,
      remedy: {
        who: 'whoever maintains the pipeline, or the server',
        summary: after
          ? `try again after ${after}${/^\d+$/.test(after) ? ' seconds' : ''}`
          : 'try again later, or with fewer requests at once',
        steps: [
          after ? `the server asks to wait: Retry-After ${after}` : 'the server names no time to wait',
          'jobs that start together share the limit of their address: keep a cache of packages between jobs, or use --concurrency 4',
        ],
      },
    };
  },
};
