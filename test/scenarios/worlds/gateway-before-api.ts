import { inFront } from '../passages.ts';
import { rc, situation, strangers } from '../situation.ts';

export const gatewayBeforeApi = situation({
  name: 'gateway-before-api',
  story: 'a gateway knows the routes of packages alone, so that nothing else can be asked',
  gitlab: strangers({ version: '17.6' }),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront((path) =>
    path.includes('/packages/npm/')
      ? null
      : { status: 404, body: '{"message":"no Route matched with those values"}' },
  ),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP301 possible: @acme/ui@^1.0.0 | outbound-limit, registry-restricted, role-missing'],
  },
});
