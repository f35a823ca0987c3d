import { friends, rc, situation } from '../situation.ts';

export const groupPrefix = situation({
  name: 'group-prefix',
  story: 'the group prefix on a server that has it',
  gitlab: friends().member('alice', 'guest', 'acme'),
  npmrc: `${rc.group}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'prefix-unsupported': 'the server has the route' },
});
