import { githubRc, githubTokens, onGitHub, openGitHub } from '../github-situation.ts';

export const ownerInRegistryUrlRun = onGitHub({
  name: 'owner-in-registry-url-run',
  story: "the project's line has the owner behind the host, and wins over the one that run writes",
  github: openGitHub(),
  client: { name: 'yarn', version: '1.22.22' },
  command: 'run',
  npmrc: `@acme:registry=https://npm.pkg.github.com/acme\n${githubRc.key}`,
  variables: { GITHUB_TOKEN: githubTokens.workflow },
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP120 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'overridden-by-other-rc': 'one line is wrong, and said to be once' },
});
