import { secondName } from '../passages.ts';
import { rc, situation, strangers, url } from '../situation.ts';

const inner = 'https://gitlab-inner.example';

export const registryAtOtherName = situation({
  name: 'registry-at-other-name',
  story:
    'the registry line and its key name the GitLab of the job by its inner name, and the entry is missing',
  gitlab: strangers().member('alice', 'reporter', 'acme/ui'),
  npmrc: `${rc.instance}${rc.key}`
    .replaceAll(url, inner)
    .replace('//gitlab.example.com/', '//gitlab-inner.example/'),
  passage: secondName(inner),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP301 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'unexplained-answer': 'no other GitLab knows the token of the job',
  },
});
