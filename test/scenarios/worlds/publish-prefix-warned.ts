import { publishSituation } from '../publish-situation.ts';
import { friends, url } from '../situation.ts';

export const publishPrefixWarned = publishSituation({
  name: 'publish-prefix-warned',
  story: 'publishConfig names the group prefix, and the job does not publish',
  gitlab: friends(),
  manifest: { publishConfig: { registry: `${url}/api/v4/groups/acme/-/packages/npm/` } },
  inputs: { publish: 'false' },
  expected: {
    verdict: 'pass',
    exitCode: 0,
    findings: ['warning NP116 confirmed: @acme/shop-kit@1.1.0'],
  },
});
