import type { Cause } from '../domain/cause.ts';
import { networkSettings } from './parts/network-settings.ts';
import {
  hostsToReach,
  seenUnreachable,
  unreachable,
  unreachableVerdict,
  unsetToo,
} from './parts/unreachable-cause.ts';

/** The proxy refuses the connection, wants a password, or can not be reached. */
export const proxyFailed: Cause = {
  code: 'NP404',
  slug: 'proxy-failed',
  title: 'the proxy refuses the connection to the registry',
  severity: 'error',
  needs: [],
  example: 'proxy-refuses',
  weigh(clues) {
    const verdict = unreachableVerdict(clues, ['proxy']);
    const isUnspoken = verdict.kind === 'confirmed' && unreachable(clues).outcome.code === 'PROXY_SOCKS';
    return isUnspoken
      ? { ...verdict, kind: 'possible', decidedBy: 'an install through that proxy' }
      : verdict;
  },
  state(clues) {
    const { host, hostname, outcome } = unreachable(clues);
    const title = {
      PROXY_INVALID: `the proxy setting for ${host} can not be used`,
      PROXY_SCHEME: `the proxy setting for ${host} can not be used`,
      PROXY_SOCKS: `${host} lies behind a SOCKS proxy, which this program does not ask`,
    }[outcome.code];
    return {
      title: title ?? `the proxy does not let the job through to ${host}`,
      seen: seenUnreachable(clues),
      location: clues.case.target.registry.source,
      remedy: {
        who: 'whoever maintains the runner',
        summary: `correct the proxy settings of the job, or leave the proxy out for ${hostname}`,
        steps: [
          ...hostsToReach(clues),
          `where ${hostname} is reached directly, add it to NO_PROXY; else check address and password of the proxy`,
          networkSettings(clues.run.client.client.name).proxy,
          ...unsetToo(clues),
        ],
      },
    };
  },
};
