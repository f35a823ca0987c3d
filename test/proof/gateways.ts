import { packageRoute } from '../../src/domain/package-route.ts';
import type { Outcome, Question } from '../../src/domain/probe.ts';
import { answered, type DirectGitLab, outcomeOf } from './direct-http.ts';

const json = (status: number, body: unknown) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const page = (status: number, title: string) => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** What stands in front of a GitLab and answers all but the routes of packages: API gateways, firewalls, sign-in pages, balancers. */
export const gateways = {
  'a gateway without a route': json(404, { message: 'no Route matched with those values' }),
  'a gateway without a key': json(403, { message: 'Missing Authentication Token' }),
  'a gateway that forbids': json(403, { message: 'Forbidden' }),
  'a server without these routes': json(404, { error: '404 Not Found' }),
  'a server that forbids in GitLab’s words': json(403, { message: '403 Forbidden' }),
  'a stub': json(200, {}),
  'an empty stub': { status: 200, headers: {}, body: '' },
  'an empty refusal': { status: 404, headers: {}, body: '' },
  'a page that is not there': page(404, '404 Not Found'),
  'a firewall': page(403, 'Access denied'),
  'a sign-in page': page(200, 'Sign in'),
  'a balancer': page(503, 'Service Unavailable'),
  'a limit': json(429, { message: 'Too Many Requests' }),
} as const;

/** What comes of a question to a GitLab behind a gateway. */
export function behind(gateway: keyof typeof gateways, gitlab: DirectGitLab) {
  return (question: Question): Outcome => {
    const outcome = outcomeOf(gitlab, question);
    if (outcome.kind !== 'answered' || packageRoute(question.url) !== null) return outcome;
    return answered(question, gateways[gateway], { url: new URL(question.url), hops: [] });
  };
}
