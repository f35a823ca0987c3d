import { friends, rc, situation } from '../situation.ts';

export const variableUnsetDropsFile = situation({
  name: 'variable-unset-drops-file',
  story: 'pnpm 9 drops the whole file for one variable without a value, the registry line with it',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key.replace('CI_JOB_TOKEN', 'PRIVATE_TOKEN')}`,
  client: { name: 'pnpm', version: '9.15.9' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP105 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'scope-not-mapped': 'the scope is mapped, in a file that is dropped',
    'rc-file-not-read': 'the file would be read, if the variable had a value',
  },
});
