import { friends, rc, situation, token } from '../situation.ts';

export const overriddenAndFinished = situation({
  name: 'overridden-and-finished',
  story: 'the checkout maps another prefix than the one asked for, and the token is of a job that is over',
  gitlab: friends().jobToken(token, { project: 'acme/shop', user: 'alice', status: 'finished' }),
  npmrc: `${rc.group}${rc.key}`,
  command: 'run',
  inputs: { prefix: 'instance' },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP202 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'overridden-by-other-rc': 'the server refuses the token wherever it is sent' },
});
