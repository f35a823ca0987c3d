import { publicHost } from '../../../src/domain/public-registry.ts';
import { friends, lockfile, rc, situation } from '../situation.ts';

export const lockfileAtPublicRegistry = situation({
  name: 'lockfile-at-public-registry',
  story: 'the scope is mapped, and the lockfile was made where it was not',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    {
      '@acme/ui': {
        version: '1.4.0',
        resolved: `https://${publicHost}/@acme/ui/-/ui-1.4.0.tgz`,
      },
    },
  ),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 confirmed: @acme/ui@1.4.0'] },
  nearMissOf: {
    'scope-not-mapped': 'a line maps the scope, which the lockfile never reads',
    'forwarded-to-public': 'no registry sends anybody on: the lockfile does',
  },
});
