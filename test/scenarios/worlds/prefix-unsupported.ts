import { inFront } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const prefixUnsupported = situation({
  name: 'prefix-unsupported',
  story: 'a group prefix on a server that is older than the route',
  gitlab: friends({ version: '15.11' }),
  npmrc: `${rc.group}${rc.key}`,
  passage: inFront((path) =>
    path.includes('/groups/') ? { status: 404, body: '{"error":"404 Not Found"}' } : null,
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP113 confirmed: @acme/ui@^1.0.0'] },
});
