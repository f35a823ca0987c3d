import type { Cause } from '../domain/cause.ts';
import { networkSettings } from './parts/network-settings.ts';
import {
  hostsToReach,
  seenUnreachable,
  throughProxy,
  unreachable,
  unreachableVerdict,
  unsetToo,
} from './parts/unreachable-cause.ts';

/** No answer in the time allowed for a request. */
export const timedOut: Cause = {
  code: 'NP405',
  slug: 'timed-out',
  title: 'no answer from the registry in time',
  severity: 'error',
  needs: [],
  example: 'server-silent',
  weigh: (clues) => unreachableVerdict(clues, ['timeout']),
  state(clues) {
    const { host, outcome } = unreachable(clues);
    return {
      title: `${host} did not answer in time${throughProxy(outcome)}`,
      seen: seenUnreachable(clues),
      location: clues.case.target.registry.source,
      remedy: {
        who: 'whoever maintains the runner or the server',
        summary: `find out why ${host} does not answer this runner, or allow it more time`,
        steps: [
          ...hostsToReach(clues),
          ...(outcome.proxy === undefined
            ? []
            : [
                `the proxy ${outcome.proxy} may be what does not answer: ${networkSettings(clues.run.client.client.name).proxy}`,
              ]),
          'a firewall that drops packets looks like this: try the URL from the same runner',
          'where the server is only slow, raise the time for a request: --timeout 30',
          ...unsetToo(clues),
        ],
      },
    };
  },
};
