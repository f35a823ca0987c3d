import { friends, rc, situation } from '../situation.ts';

export const variableExpandedByOlderPnpm = situation({
  name: 'variable-expanded-by-older-pnpm',
  story: 'the same file and pnpm 10.33, which takes it',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  client: { name: 'pnpm', version: '10.33.4' },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'variable-expansion-refused': 'this version still expands in the file of the project' },
});
