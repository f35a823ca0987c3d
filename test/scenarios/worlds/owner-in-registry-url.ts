import { githubRc, onGitHub, openGitHub } from '../github-situation.ts';

/** Reported for pnpm: `https://npm.pkg.github.com/OWNER`. */
export const ownerInRegistryUrl = onGitHub({
  name: 'owner-in-registry-url',
  story: 'the registry line has the owner behind the host, as old instructions had it',
  github: openGitHub(),
  npmrc: `@acme:registry=https://npm.pkg.github.com/acme\n${githubRc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP120 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'package-not-found': 'the package is there, at the address without the owner' },
});
