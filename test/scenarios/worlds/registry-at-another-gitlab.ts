import { anotherGitLab } from '../passages.ts';
import { rc, situation, strangers, url } from '../situation.ts';

const other = 'https://gitlab-inner.example';

export const registryAtAnotherGitlab = situation({
  name: 'registry-at-another-gitlab',
  story: "the registry line and its key send the job's token to another GitLab, which knows no such token",
  gitlab: strangers().member('alice', 'reporter', 'acme/ui'),
  npmrc: `${rc.instance}${rc.key}`
    .replaceAll(url, other)
    .replace('//gitlab.example.com/', '//gitlab-inner.example/'),
  passage: anotherGitLab(other),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP202 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: {
    'not-on-allowlist': 'the server does not know the job, so it is not its GitLab by another name',
  },
});
