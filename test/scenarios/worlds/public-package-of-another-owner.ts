import { githubRc, githubTokens, onGitHub, openGitHub } from '../github-situation.ts';

/** What is public needs a token and no grant. */
export const publicPackageOfAnotherOwner = onGitHub({
  name: 'public-package-of-another-owner',
  story: 'a public package of another organisation, read by the token of a pull request from a fork',
  github: openGitHub()
    .package('@tools/lint', '3.0.0', { visibility: 'public' })
    .workflowToken(githubTokens.workflow, { repository: 'acme/shop', fromFork: true }),
  dependencies: { '@tools/lint': '^3.0.0' },
  npmrc: `@tools:registry=https://npm.pkg.github.com\n${githubRc.key}`,
  pullRequestOf: 'mallory/shop',
  expected: { verdict: 'pass', exitCode: 0, findings: [] },
  nearMissOf: {
    'package-of-another-owner': 'it is public',
    'fork-run-restricted': 'what is public is read by forks too',
  },
});
