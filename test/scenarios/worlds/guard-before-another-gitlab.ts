import { pageOf } from '../passages.ts';
import { friends, rc, situation, url } from '../situation.ts';

const other = 'https://gitlab-inner.example';

export const guardBeforeAnotherGitlab = situation({
  name: 'guard-before-another-gitlab',
  story:
    'no key belongs to another GitLab, and not GitLab itself asks for one, but the page of a guard in front of it',
  gitlab: friends(),
  npmrc: rc.instance.replace(url, other),
  passage: pageOf(other, 401),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP102 possible: @acme/ui@^1.0.0'] },
});
