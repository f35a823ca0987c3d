import { unknownOldName } from '../../scenarios/passages.ts';
import { friends, lockfile, rc, situation, tarballUrl } from '../../scenarios/situation.ts';
import type { UserCase } from '../user-case.ts';

const old = 'https://git.old.example';

/** The lockfile names a host that the configuration does not know. */
export const lockfileOfOtherHost: UserCase = {
  ids: ['UC-090'],
  world: situation({
    name: 'lockfile-of-other-host',
    story: 'npm ci asks a host that stands in the lockfile only',
    gitlab: friends(),
    lock: lockfile(
      { '@acme/ui': '^1.0.0' },
      { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0', old) } },
    ),
    npmrc: `${rc.instance}${rc.key}`,
    npm: '7.21.0',
    passage: unknownOldName('git.old.example'),
    expected: { verdict: 'fail', exitCode: 1, findings: ['NP111 confirmed: @acme/ui@1.4.0'] },
  }),
  fix: 'rewrite the lockfile',
  remedy: [old, 'https://gitlab.example.com', 'package-lock.json'],
};
