import { rc, situation, strangers } from '../situation.ts';

export const deployToken = situation({
  name: 'deploy-token',
  story: "a deploy token of the package project in the job's variables",
  gitlab: strangers().deployToken('gldt-reads-packages-of-ui', {
    project: 'acme/ui',
    scopes: ['read_package_registry'],
  }),
  npmrc: `${rc.project}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
  variables: { NPM_TOKEN: 'gldt-reads-packages-of-ui' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'token-kind-unsupported': 'a deploy token is accepted as bearer token' },
});
