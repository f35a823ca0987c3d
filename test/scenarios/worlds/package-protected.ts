import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const packageProtected = publishSituation({
  name: 'package-protected',
  story: "a rule lets only Maintainers push the package, and a Maintainer's token reads the rules",
  gitlab: friends()
    .project('acme/shop', {
      protections: [
        { pattern: '@acme/other-*', least: 'owner' },
        { pattern: '@acme/shop-*', least: 'maintainer' },
      ],
    })
    .member('mia', 'maintainer', 'acme/shop')
    .personalToken('glpat-64_demo-maintainer', { user: 'mia' }),
  variables: { MAINTAINER_TOKEN: 'glpat-64_demo-maintainer' },
  inputs: { 'api-token-env': 'MAINTAINER_TOKEN' },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP308 confirmed: @acme/shop-kit@1.1.0'],
  },
  nearMissOf: { 'publish-role-missing': 'Developer would be enough without the rule' },
});
