import { friends, rc, situation } from '../situation.ts';

export const unusedVariable = situation({
  name: 'unused-variable',
  story: 'a key for another server refers to a variable that is unset',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}//elsewhere.example/:_authToken=\${OTHER_TOKEN}\n`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'variable-unset': 'no private package needs the variable' },
});
