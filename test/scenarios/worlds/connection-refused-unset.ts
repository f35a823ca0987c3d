import { closedPort } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const connectionRefusedUnset = situation({
  name: 'connection-refused-unset',
  story: 'nobody listens, and the variable of the key has no value either',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key.replace('CI_JOB_TOKEN', 'NPM_TOKEN')}`,
  passage: closedPort,
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP402 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'variable-unset': 'whether the registry asks for a token, no answer shows: it is said beside',
  },
});
