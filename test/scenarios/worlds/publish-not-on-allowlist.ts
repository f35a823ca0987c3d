import { projectRegistry, publishSituation } from '../publish-situation.ts';
import { strangers } from '../situation.ts';

export const publishNotOnAllowlist = publishSituation({
  name: 'publish-not-on-allowlist',
  story: 'the project that collects the packages lets no other job token in',
  gitlab: strangers().member('alice', 'developer', 'acme/ui'),
  manifest: { publishConfig: { '@acme:registry': projectRegistry('acme%2Fui') } },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP301 confirmed: @acme/shop-kit@1.1.0'],
  },
  nearMissOf: { 'publish-role-missing': 'the job is not even let in' },
});
