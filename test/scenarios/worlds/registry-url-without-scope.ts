import { resolve } from 'node:path';
import { onGitHub, openGitHub } from '../github-situation.ts';

export const registryUrlWithoutScope = onGitHub({
  name: 'registry-url-without-scope',
  story:
    'setup-node has a registry-url that is not npm.pkg.github.com, and no scope: all packages are asked there',
  github: openGitHub({ serverUrl: 'https://acme.ghe.com' }),
  dependencies: { '@acme/ui': '^1.0.0', leftpad: '^1.0.0' },
  npmrc: '',
  home: {
    '_temp/.npmrc': '//npm.acme.ghe.com/:_authToken=${NODE_AUTH_TOKEN}\nregistry=https://npm.acme.ghe.com/\n',
  },
  variables: { NPM_CONFIG_USERCONFIG: resolve('/home/runner', '_temp', '.npmrc') },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP110 confirmed: leftpad@^1.0.0'] },
});
