import { githubRc, onGitHub, openGitHub } from '../github-situation.ts';

export const ownerInRegistryUrlYarn = onGitHub({
  name: 'owner-in-registry-url-yarn',
  story: 'the registry line has the owner behind the host, for which Yarn 1 looks up a key of its own',
  github: openGitHub(),
  client: { name: 'yarn', version: '1.22.22' },
  npmrc: `@acme:registry=https://npm.pkg.github.com/acme\n${githubRc.key}`,
  expected: { verdict: 'fail', exitCode: 1, findings: ['NP120 confirmed: @acme/ui@^1.0.0'] },
  nearMissOf: { 'auth-key-mismatch': 'the key is right, and the address of the registry is not' },
});
