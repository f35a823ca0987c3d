import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

export const lockfileOfDeletedVersion = situation({
  name: 'lockfile-of-deleted-version',
  story: 'the locked version was deleted, others are there',
  gitlab: friends(),
  dependencies: { '@acme/ui': '1.3.0' },
  lock: lockfile(
    { '@acme/ui': '1.3.0' },
    { '@acme/ui': { version: '1.3.0', resolved: tarballUrl(324, '@acme/ui', '1.3.0') } },
  ),
  npmrc: `${rc.instance}${rc.key}`,
  expected: {
    verdict: 'fail',
    exitCode: 1,
    findings: ['NP502 confirmed: @acme/ui@1.3.0'],
  },
  nearMissOf: { 'project-not-found': 'the project is there' },
});
