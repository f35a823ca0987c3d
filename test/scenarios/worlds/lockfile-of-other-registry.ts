import { unknownOldName } from '../passages.ts';
import { friends, lockfile, rc, situation } from '../situation.ts';

export const lockfileOfOtherRegistry = situation({
  name: 'lockfile-of-other-registry',
  story: 'the lockfile was made behind a registry that is no GitLab and has other paths',
  gitlab: friends(),
  npmrc: `${rc.instance}${rc.key}`,
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    { '@acme/ui': { version: '1.4.0', resolved: 'https://npm.old.example/@acme%2fui/-/ui-1.4.0.tgz' } },
  ),
  passage: unknownOldName('npm.old.example'),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 confirmed: @acme/ui@1.4.0'] },
});
