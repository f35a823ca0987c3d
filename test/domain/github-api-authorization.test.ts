import { expect, it } from 'vitest';
import type { Credential } from '../../src/domain/credential.ts';
import { githubRegistryOf } from '../../src/domain/github-registry-of.ts';
import { githubApiAuthorization } from '../../src/domain/job-authorization.ts';
import { Secret } from '../../src/domain/secret.ts';

const credential = (value: string, scheme: 'Bearer' | 'Basic' = 'Bearer'): Credential => ({
  kind: 'token',
  scheme,
  secret: new Secret(value),
  key: '//npm.pkg.github.com/:_authToken',
  source: { kind: 'file', path: '.npmrc', line: 1 },
  variable: 'TOKEN',
});
const classic = 'ghp_demoTokenOfAlice0000000000000000000';

it.each([
  ['a classic token', credential(classic), 'https://npm.pkg.github.com/', true],
  ['the same below ghe.com', credential(classic), 'https://npm.acme.ghe.com/', true],
  ['the token of an OAuth app', credential('gho_demo-token-000000'), 'https://npm.pkg.github.com/', true],
  ["a workflow's token", credential('ghs_demo-token-000000'), 'https://npm.pkg.github.com/', false],
  ['a fine-grained token', credential('github_pat_demo-token'), 'https://npm.pkg.github.com/', false],
  ['a token of GitLab', credential('glpat-demo-token-0000'), 'https://npm.pkg.github.com/', false],
  ['a token of no known form', credential('a'.repeat(40)), 'https://npm.pkg.github.com/', false],
  ['a user and a password', credential(classic, 'Basic'), 'https://npm.pkg.github.com/', false],
  ['a registry without encryption', credential(classic), 'http://npm.pkg.github.com/', false],
  ['a server of its own', credential(classic), 'https://corp.test/_registry/npm/', false],
  ['no credential', { kind: 'none', nearest: [] } satisfies Credential, 'https://npm.pkg.github.com/', false],
])('the API of GitHub is asked with %s: %#', (_, given, url, expected) => {
  const registry = githubRegistryOf(url, null);
  expect(registry && githubApiAuthorization(given, registry) !== null).toBe(expected);
});
