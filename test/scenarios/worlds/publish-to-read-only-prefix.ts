import { publishSituation } from '../publish-situation.ts';
import { friends, url } from '../situation.ts';

export const publishToReadOnlyPrefix = publishSituation({
  name: 'publish-to-read-only-prefix',
  story: 'publishConfig names the instance prefix, which is right for installing only',
  gitlab: friends(),
  manifest: { publishConfig: { '@acme:registry': `${url}/api/v4/packages/npm/` } },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP116 confirmed: @acme/shop-kit@1.1.0'],
  },
});
