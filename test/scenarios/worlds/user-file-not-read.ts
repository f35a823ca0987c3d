import { friends, situation, url } from '../situation.ts';

export const userFileNotRead = situation({
  name: 'user-file-not-read',
  story:
    'a step writes ~/.npmrc for a scope that is not the root namespace, and NPM_CONFIG_USERCONFIG names the file of another step',
  gitlab: friends().package('acme/ui', '@tools/kit', '1.0.0'),
  dependencies: { '@tools/kit': '^1.0.0' },
  variables: { NPM_CONFIG_USERCONFIG: '/builds/acme/shop.tmp/npmrc' },
  home: {
    '.npmrc': `@tools:registry=${url}/api/v4/projects/324/packages/npm/\n//gitlab.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN}\n`,
  },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP107 confirmed: @tools/kit@^1.0.0'] },
  nearMissOf: { 'scope-not-mapped': 'the scope is mapped, in a file that another takes the place of' },
});
