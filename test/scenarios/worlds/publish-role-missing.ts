import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishRoleMissing = publishSituation({
  name: 'publish-role-missing',
  story: 'the job user was set back to Reporter: reading works, publishing does not',
  gitlab: friends().member('alice', 'reporter', 'acme/shop'),
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP307 confirmed: @acme/shop-kit@1.1.0'],
  },
  nearMissOf: { 'role-missing': 'reading takes no more than Reporter' },
});
