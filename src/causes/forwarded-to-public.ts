import { type Cause, ruledOut } from '../domain/cause.ts';
import { scopeOf } from '../domain/dependency.ts';
import { isForwarded } from '../domain/own-answer.ts';
import { failingRequest } from './parts/failing-request.ts';
import { askedElsewhere, foundElsewhere, heldElsewhere } from './parts/found-elsewhere.ts';
import { seenLine } from './parts/seen.ts';

/**
 * The registry holds nothing under a private name and redirects to the public npm registry (GitLab model, section 4):
 * whoever owns the name there is installed.
 */
export const forwardedToPublic: Cause = {
  code: 'NP503',
  slug: 'forwarded-to-public',
  title: 'a private name is answered by a redirect to the public npm registry',
  severity: 'error',
  needs: ['other-prefixes', 'job'],
  hides: ['package-not-found', 'scope-is-not-root-namespace'],
  example: 'forwarded-to-public',
  ofPackage: true,
  weigh(clues) {
    const request = failingRequest(clues);
    if (request?.kind !== 'metadata' || !isForwarded(request.observation)) return ruledOut;
    if (foundElsewhere(clues).length > 0) return ruledOut;
    if (clues.case.target.prefix?.kind === 'instance' && heldElsewhere(clues).length > 0) return ruledOut;
    return askedElsewhere(clues)
      ? { kind: 'confirmed', because: ['metadata', 'other-prefixes'] }
      : {
          kind: 'possible',
          because: ['metadata'],
          decidedBy: 'the package registry page of the project that should publish it',
        };
  },
  state(clues) {
    const { name } = clues.case.target.dependency;
    const request = failingRequest(clues);
    const hop =
      request?.observation.outcome.kind === 'answered' ? request.observation.outcome.hops.at(-1) : undefined;
    const host = hop ? new URL(hop.to).host : 'the public npm registry';
    const own = clues.run.environment.consumer?.rootNamespace;
    return {
      title: `GitLab holds no ${name} and sends the client to ${host}`,
      seen: seenLine(clues, 'place'),
      location: null,
      remedy: {
        who: 'whoever maintains this repository',
        summary: `do not install ${name} until it is published on GitLab: the name is open to anybody on the public npm registry`,
        steps: [
          `stop here: an install would take whatever ${host} has under ${name} (dependency confusion)`,
          `check the spelling and that ${name} is published; on the instance prefix its project must lie below the root group "${scopeOf(name)?.slice(1) ?? own ?? name}"`,
          'an Owner of the group can switch forwarding off: Settings > Packages and registries > "Forward npm package requests"',
        ],
      },
    };
  },
};
