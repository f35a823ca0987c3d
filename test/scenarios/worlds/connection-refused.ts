import { closedPort } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const connectionRefused = situation({
  name: 'connection-refused',
  story: 'nobody listens at the address of the server',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: closedPort,
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP402 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'host-unresolved': 'the name is known, nobody answers', 'timed-out': 'refused at once' },
});
