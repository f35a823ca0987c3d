import { githubRc, onGitHub, openGitHub } from '../github-situation.ts';
import { pageOf } from '../passages.ts';

export const guardBeforeGithubPackages = onGitHub({
  name: 'guard-before-github-packages',
  story:
    'no key belongs to the registry, and the page of a guard refuses in its place, which may refuse a token too',
  github: openGitHub(),
  npmrc: githubRc.scope,
  passage: pageOf('https://npm.pkg.github.com', 403),
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP102 possible: @acme/ui@^1.0.0 | not-a-registry'] },
});
