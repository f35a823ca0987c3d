import { rc, situation, strangers } from '../situation.ts';

export const deployTokenOfGroup = situation({
  name: 'deploy-token-of-group',
  story: 'a deploy token of the group above the package project',
  gitlab: strangers().deployToken('gldt-reads-packages-below-acme', {
    project: 'acme',
    scopes: ['read_package_registry'],
  }),
  npmrc: `${rc.group}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'gldt-reads-packages-below-acme' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'role-missing': 'a deploy token of a group above reads everything below it' },
});
