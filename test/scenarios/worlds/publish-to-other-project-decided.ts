import { projectRegistry, publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishToOtherProjectDecided = publishSituation({
  name: 'publish-to-other-project-decided',
  story: "a Maintainer's token tells that the job user is only Reporter in the project of the packages",
  gitlab: friends()
    .member('mia', 'maintainer', 'acme/ui')
    .personalToken('glpat-64_demo-maintainer', { user: 'mia' }),
  manifest: { publishConfig: { '@acme:registry': projectRegistry(324) } },
  variables: { MAINTAINER_TOKEN: 'glpat-64_demo-maintainer' },
  inputs: { 'api-token-env': 'MAINTAINER_TOKEN' },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP307 confirmed: @acme/shop-kit@1.1.0'],
  },
});
