import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishWithOwnToken = publishSituation({
  name: 'publish-with-own-token',
  story: 'a token of a Maintainer publishes; it is asked for its own role and for the rules',
  gitlab: friends()
    .project('acme/shop', { protections: [{ pattern: '@acme/*', least: 'maintainer' }] })
    .member('mia', 'maintainer', 'acme/shop')
    .personalToken('glpat-64_demo-of-mia', { user: 'mia' }),
  npmrc: '//gitlab.example.com/api/v4/projects/512/packages/npm/:_authToken=${NPM_TOKEN}\n',
  variables: { NPM_TOKEN: 'glpat-64_demo-of-mia' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'package-protected': 'the owner of the token is a Maintainer' },
});
