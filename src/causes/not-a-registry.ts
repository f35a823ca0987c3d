import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { statusOf } from '../domain/probe.ts';
import { failingRequest } from './parts/failing-request.ts';

/** A success whose body is no metadata and no tarball: a sign-in page, a proxy, another service (GitLab model, section 4). */
export const notARegistry: Cause = {
  code: 'NP407',
  slug: 'not-a-registry',
  title: 'something other than a registry answers',
  severity: 'error',
  needs: [],
  example: 'sign-in-page',
  weigh(clues) {
    const request = failingRequest(clues);
    return statusOf(request?.observation.outcome) === 200
      ? { kind: 'confirmed', because: [request?.kind ?? 'metadata'] }
      : ruledOut;
  },
  state(clues) {
    const request = failingRequest(clues);
    return {
      title: `${new URL(request?.url ?? 'https://server.example').host} answers 200 with ${whatAnswered(clues)} instead of ${request?.kind ?? 'metadata'}`,
      seen: request ? `${request.kind} 200, ${whatAnswered(clues)} at ${request.url}` : null,
      location: clues.case.target.registry.source,
      remedy: {
        who: 'whoever maintains this repository or the network',
        summary: 'name the API of the registry, or get the page in between out of the way',
        steps: [
          'a GitLab registry URL has /api/v4/ in it: compare with CI_API_V4_URL of the job, relative root included',
          'where a sign-in page or a proxy answers for the server, it must let the API path through',
        ],
      },
    };
  },
};

function whatAnswered(clues: Clues): string {
  const outcome = failingRequest(clues)?.observation.outcome;
  if (outcome?.kind !== 'answered') return 'nothing';
  const type = outcome.headers['content-type']?.split(';')[0]?.trim() ?? '';
  const text = outcome.body.kind === 'text' ? outcome.body.text : outcome.body.excerpt;
  if (/^\s*<(!doctype|html)/i.test(text) || type === 'text/html') return 'an HTML page';
  if (outcome.body.kind === 'text' && !outcome.body.complete) return 'more than metadata can be';
  return type === '' ? 'another content' : `another content (${type})`;
}
