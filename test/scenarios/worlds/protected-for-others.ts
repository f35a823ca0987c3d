import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const protectedForOthers = publishSituation({
  name: 'protected-for-others',
  story: 'the rule asks for a Maintainer, which the job user is; another rule is for other packages',
  gitlab: friends()
    .project('acme/shop', {
      protections: [
        { pattern: '@acme/shop-*', least: 'maintainer' },
        { pattern: '@acme/*-old', least: 'owner' },
      ],
    })
    .member('alice', 'maintainer', 'acme/shop')
    .personalToken('glpat-64_demo-maintainer', { user: 'alice' }),
  variables: { MAINTAINER_TOKEN: 'glpat-64_demo-maintainer' },
  inputs: { 'api-token-env': 'MAINTAINER_TOKEN' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'package-protected': 'the job user has the role that the rule asks for' },
});
