import type { Cause } from '../domain/cause.ts';
import { networkSettings } from './parts/network-settings.ts';
import {
  hostsToReach,
  seenUnreachable,
  unreachable,
  unreachableVerdict,
  unsetToo,
} from './parts/unreachable-cause.ts';

/** The name of the registry's host does not resolve. */
export const hostUnresolved: Cause = {
  code: 'NP401',
  slug: 'host-unresolved',
  title: "the registry's host name does not resolve",
  severity: 'error',
  needs: [],
  example: 'host-unresolved',
  weigh: (clues) => unreachableVerdict(clues, ['dns']),
  state(clues) {
    const { hostname } = unreachable(clues);
    const { source } = clues.case.target.registry;
    if (hostname.startsWith('[')) {
      return {
        title: `this version of ${clues.run.client.client.name} takes the address ${hostname} for a name, which does not resolve`,
        seen: seenUnreachable(clues),
        location: source,
        remedy: {
          who: 'whoever maintains this repository or the server',
          summary: `write a host name that leads to ${hostname} into the registry line and its keys`,
          steps: [
            ...hostsToReach(clues),
            'a line in /etc/hosts of the runner, or extra_hosts of its containers, is enough for a name',
          ],
        },
      };
    }
    return {
      title: `the name ${hostname} does not resolve on this runner`,
      seen: seenUnreachable(clues),
      location: source,
      remedy: {
        who: 'whoever maintains this repository or the runner',
        summary: `correct the host name, or make ${hostname} known to the runner's DNS`,
        steps: [
          ...hostsToReach(clues),
          `compare ${hostname} with the server's address in the browser`,
          ...(clues.run.client.client.name === 'yarn-berry'
            ? [
                'a name that is only known inside a network needs a runner inside it',
                `behind a proxy: ${networkSettings('yarn-berry').proxy}`,
              ]
            : [
                'a name that is only known inside a network needs a runner inside it; behind a proxy, set HTTPS_PROXY for the job',
              ]),
          ...unsetToo(clues),
        ],
      },
    };
  },
};
