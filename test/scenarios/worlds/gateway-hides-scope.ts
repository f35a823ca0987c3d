import { inFront } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const gatewayHidesScope = situation({
  name: 'gateway-hides-scope',
  story: 'a gateway knows no route at the instance prefix, where GitLab would give the package',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: inFront((path) =>
    path.includes('/api/v4/packages/npm/')
      ? { status: 404, body: '{"message":"no Route matched with those values"}' }
      : null,
  ),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP407 possible: @acme/ui@^1.0.0'],
  },
});
