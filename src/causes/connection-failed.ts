import type { Cause } from '../domain/cause.ts';
import {
  hostsToReach,
  seenUnreachable,
  unreachable,
  unreachableVerdict,
  unsetToo,
} from './parts/unreachable-cause.ts';

/** Nobody answers at the registry's address, or the connection breaks before an answer is whole. */
export const connectionFailed: Cause = {
  code: 'NP402',
  slug: 'connection-failed',
  title: 'the connection to the registry is refused, reset or broken off',
  severity: 'error',
  needs: [],
  example: 'connection-refused',
  weigh: (clues) => unreachableVerdict(clues, ['connect', 'reset', 'body', 'protocol', 'redirects']),
  state(clues) {
    const { host, outcome } = unreachable(clues);
    const what =
      outcome.stage === 'redirects'
        ? 'redirects in circles'
        : outcome.stage === 'connect'
          ? 'can not be reached'
          : 'breaks the connection';
    return {
      title: `${host} ${what}`,
      seen: seenUnreachable(clues),
      location: clues.case.target.registry.source,
      remedy: {
        who: 'whoever maintains the runner or the server',
        summary: `make ${host} reachable from the runner`,
        steps: [
          ...hostsToReach(clues),
          ...(clues.github
            ? []
            : ['check protocol and port of the registry URL: GitLab derives them in CI_API_V4_URL']),
          'check firewalls between runner and server, and HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the job',
          ...unsetToo(clues),
        ],
      },
    };
  },
};
