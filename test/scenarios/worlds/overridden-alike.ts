import { friends, rc, situation, url } from '../situation.ts';

export const overriddenAlike = situation({
  name: 'overridden-alike',
  story: 'two files set the same key to the same effect',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  home: { '.npmrc': `@acme:registry=${url}/api/v4/groups/old/-/packages/npm/\n` },
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'overridden-by-other-rc': 'the nearer file is the right one' },
});
