import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishWithReadingToken = publishSituation({
  name: 'publish-with-reading-token',
  story: 'the token of a Maintainer publishes, and its scope is only to read',
  gitlab: friends()
    .member('alice', 'maintainer', 'acme/shop')
    .personalToken('glpat-64_demo-reading', { user: 'alice', scopes: ['read_api'] }),
  npmrc: '//gitlab.example.com/api/v4/projects/512/packages/npm/:_authToken=${NPM_TOKEN}\n',
  variables: { NPM_TOKEN: 'glpat-64_demo-reading' },
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP204 confirmed: @acme/shop-kit@1.1.0'],
  },
  nearMissOf: { 'publish-role-missing': 'the owner of the token is a Maintainer' },
});
