import { friends, rc, situation } from '../situation.ts';

export const variableExpansionRefused = situation({
  name: 'variable-expansion-refused',
  story: 'pnpm takes no reference from the file of the project since 10.34.2',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  client: { name: 'pnpm', version: '10.34.9' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP106 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'variable-unset': 'the variable has a value, pnpm only does not look' },
});
