import { githubRc, onGitHub, openGitHub } from '../github-situation.ts';

/** The words of a missing Actions access, and another owner. */
export const packageOfAnotherOwner = onGitHub({
  name: 'package-of-another-owner',
  story: 'a private package of another organisation',
  github: openGitHub().package('@tools/lint', '3.0.0'),
  dependencies: { '@tools/lint': '^3.0.0' },
  npmrc: `@tools:registry=https://npm.pkg.github.com\n${githubRc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP314 confirmed: @tools/lint@^3.0.0'] },
  nearMissOf: { 'actions-access-missing': 'its list offers repositories of its own owner' },
});
