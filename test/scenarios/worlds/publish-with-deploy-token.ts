import { publishSituation } from '../publish-situation.ts';
import { friends } from '../situation.ts';

export const publishWithDeployToken = publishSituation({
  name: 'publish-with-deploy-token',
  story:
    "a deploy token publishes beside the job's own: neither its place nor its scopes can be seen, and it has no role",
  gitlab: friends().deployToken('gldt-publishes-from-shop', { project: 'acme/shop' }),
  npmrc: '//gitlab.example.com/api/v4/projects/512/packages/npm/:_authToken=${NPM_TOKEN}\n',
  variables: { NPM_TOKEN: 'gldt-publishes-from-shop' },
  expected: {
    verdict: 'pass',
    exitCode: 0,
    findings: ['warning NP204 possible: @acme/shop-kit@1.1.0 | package-protected'],
  },
  nearMissOf: { 'publish-role-missing': 'a deploy token has no role' },
});
