import { friends, lockfile, rc, situation, tarballUrl } from '../situation.ts';

export const lockfileOutOfStep = situation({
  name: 'lockfile-out-of-step',
  story: 'package.json asks for a newer version than package-lock.json holds, which npm ci refuses',
  gitlab: friends().package('acme/ui', '@acme/ui', '2.0.0'),
  npmrc: `${rc.instance}${rc.key}`,
  dependencies: { '@acme/ui': '^2.0.0', left: '1.0.0' },
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0') } },
  ),
  expected: {
    verdict: 'pass',
    exitCode: 0,
    findings: ['warning NP121 confirmed: @acme/ui@^2.0.0, left@1.0.0'],
  },
});
