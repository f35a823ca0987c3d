import { rc, situation, strangers } from '../situation.ts';

export const before174 = situation({
  name: 'before-17-4',
  story: '17.3: the server says 404 to everything and names no reason',
  gitlab: strangers({ version: '17.3' }),
  npmrc: `${rc.project}${rc.key}`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: [
      'NP301 possible: @acme/ui@^1.0.0 | outbound-limit, project-not-found, registry-restricted, role-missing',
    ],
  },
  nearMissOf: {
    'unexplained-answer': 'many states explain it, so it is not unexplained',
    'package-not-found': 'a missing package would have been forwarded',
  },
});
