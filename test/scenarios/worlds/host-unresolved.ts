import { unknownName } from '../passages.ts';
import { friends, rc, situation } from '../situation.ts';

export const hostUnresolved = situation({
  name: 'host-unresolved',
  story: 'the runner does not know the name of the server',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  passage: unknownName,
  expected: { verdict: 'undecided', exitCode: 3, findings: ['NP401 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'connection-failed': 'the name is not even known' },
});
