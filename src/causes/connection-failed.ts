import type { Cause } from '../domain/cause.ts';
import { brokenExchange } from './parts/broken-exchange.ts';
import { hostsToReach, seenUnreachable, unreachableVerdict, unsetToo } from './parts/unreachable-cause.ts';

/** Nobody answers at the registry's address, or the exchange breaks before an answer is whole. */
export const connectionFailed: Cause = {
  code: 'NP402',
  slug: 'connection-failed',
  title: 'the connection to the registry is refused, reset or broken off',
  severity: 'error',
  needs: [],
  example: 'connection-refused',
  weigh: (clues) =>
    unreachableVerdict(clues, ['connect', 'handshake', 'reset', 'body', 'protocol', 'redirects']),
  state(clues) {
    const { title, of, summary, steps } = brokenExchange(clues);
    return {
      title,
      seen: seenUnreachable(clues),
      location: clues.case.target.registry.source,
      remedy: {
        who:
          of === 'network'
            ? 'whoever maintains the runner or the server'
            : 'whoever runs the server, or what stands in front of it',
        summary,
        steps: [...hostsToReach(clues), ...steps, ...unsetToo(clues)],
      },
    };
  },
};
