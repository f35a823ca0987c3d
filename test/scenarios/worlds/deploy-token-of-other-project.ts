import { rc, situation, strangers } from '../situation.ts';

export const deployTokenOfOtherProject = situation({
  name: 'deploy-token-of-other-project',
  story:
    "a deploy token with the right scope, made in the job's own project: one of the package project without the scope looks the same",
  gitlab: strangers().deployToken('gldt-reads-packages-of-shop', {
    project: 'acme/shop',
    scopes: ['read_package_registry'],
  }),
  npmrc: `${rc.project}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'gldt-reads-packages-of-shop' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP204 possible: @acme/ui@^1.0.0 | role-missing'] },
});
