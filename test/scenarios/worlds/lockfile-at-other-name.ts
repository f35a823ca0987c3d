import { secondName } from '../passages.ts';
import { lockfile, rc, situation, strangers, tarballUrl, url } from '../situation.ts';

const inner = 'https://gitlab-inner.example';

export const lockfileAtOtherName = situation({
  name: 'lockfile-at-other-name',
  story:
    'all names the inner name of the GitLab, whose 404 a request hears too that lost its token on the way',
  gitlab: strangers().member('alice', 'reporter', 'acme/ui'),
  npmrc: `${rc.instance}${rc.key}`
    .replaceAll(url, inner)
    .replace('//gitlab.example.com/', '//gitlab-inner.example/'),
  lock: lockfile(
    { '@acme/ui': '^1.0.0' },
    { '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0', inner) } },
  ),
  passage: secondName(inner),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 possible: @acme/ui@1.4.0'] },
  nearMissOf: {
    'unexplained-answer': 'no other GitLab knows the token of the job',
  },
});
