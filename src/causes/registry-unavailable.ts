import { type Cause, ruledOut } from '../domain/cause.ts';
import { statusOf } from '../domain/probe.ts';
import { failingRequest } from './parts/failing-request.ts';
import { seenLine } from './parts/seen.ts';

/** The server fails itself: 5xx after every retry. */
export const registryUnavailable: Cause = {
  code: 'NP408',
  slug: 'registry-unavailable',
  title: 'the registry fails with a server error',
  severity: 'error',
  needs: [],
  example: 'server-error',
  weigh(clues) {
    const request = failingRequest(clues);
    return (statusOf(request?.observation.outcome) ?? 0) >= 500
      ? { kind: 'confirmed', because: [request?.kind ?? 'metadata'] }
      : ruledOut;
  },
  state(clues) {
    const request = failingRequest(clues);
    const outcome = request?.observation.outcome;
    const attempts = outcome?.kind === 'answered' ? outcome.attempts : 1;
    return {
      title: `${new URL(request?.url ?? 'https://server.example').host} fails with ${statusOf(outcome) ?? 'an error'} (${attempts === 1 ? 'asked once' : `asked ${attempts} times`})`,
      seen: seenLine(clues, 'configuration'),
      location: null,
      remedy: {
        who: 'whoever runs the server',
        summary: 'run the job again when the server is well',
        steps: [
          'nothing in this repository causes a 5xx: look at the status page of the server, or at its logs for this path',
          'where it happens with one package only, its file may be damaged or gone on the server',
        ],
      },
    };
  },
};
