import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishWithReportersToken = publishSituation({
  name: 'publish-with-reporters-token',
  story: "the .npmrc sends the token of somebody who is only Reporter, whatever the job's user is",
  gitlab: friends()
    .member('rob', 'reporter', 'acme/shop')
    .personalToken('glpat-64_demo-of-rob', { user: 'rob' }),
  npmrc: '//gitlab.example.com/api/v4/projects/512/packages/npm/:_authToken=${NPM_TOKEN}\n',
  variables: { NPM_TOKEN: 'glpat-64_demo-of-rob' },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP307 confirmed: @acme/shop-kit@1.1.0'],
  },
});
