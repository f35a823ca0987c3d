import { resolve } from 'node:path';
import { onGitHub, openGitHub } from '../github-situation.ts';

export const registryUrlWithScope = onGitHub({
  name: 'registry-url-with-scope',
  story: 'setup-node has a registry-url and the scope of the private packages',
  github: openGitHub({ serverUrl: 'https://acme.ghe.com' }),
  npmrc: '',
  home: {
    '_temp/.npmrc':
      '//npm.acme.ghe.com/:_authToken=${NODE_AUTH_TOKEN}\n@acme:registry=https://npm.acme.ghe.com/\n',
  },
  variables: { NPM_CONFIG_USERCONFIG: resolve('/home/runner', '_temp', '.npmrc') },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'default-registry-replaced': 'only the scope is asked there' },
});
