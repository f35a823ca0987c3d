import { refusingProxy } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const proxyRefuses = situation({
  name: 'proxy-refuses',
  story: 'the proxy of the job refuses to connect',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: refusingProxy(403),
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP404 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'connection-failed': 'the proxy was reached, and said no',
    'role-missing': 'the 403 is of the proxy',
  },
});
