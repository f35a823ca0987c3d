import { friends, rc, situation } from '../situation.ts';

export const objectStorage = situation({
  name: 'object-storage',
  story: 'tarballs lie in an object storage on another host',
  gitlab: friends({ objectStorage: true }),
  npmrc: `${rc.instance}${rc.key}`,
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: { 'forwarded-to-public': 'a tarball that is redirected is a success' },
});
