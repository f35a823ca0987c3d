import { expect, it } from 'vitest';
import {
  githubRegistriesOf,
  githubRegistryOf,
  pathBehindRegistry,
} from '../../src/domain/github-registry-of.ts';
import type { WorkflowJob } from '../../src/domain/workflow-job.ts';
import { readWorkflowJob } from '../../src/providers/github/workflow-job.ts';

const jobOf = (GITHUB_SERVER_URL: string): { workflow: WorkflowJob } => ({
  workflow: readWorkflowJob({ GITHUB_SERVER_URL }, { event: () => null, workflow: () => null }),
});

it.each([
  [
    'https://npm.pkg.github.com/@acme%2fui',
    null,
    'cloud',
    'https://npm.pkg.github.com/',
    'https://api.github.com',
  ],
  [
    'https://npm.acme.ghe.com/download/@acme/ui/1.0.0/x',
    null,
    'cloud',
    'https://npm.acme.ghe.com/',
    'https://api.acme.ghe.com',
  ],
  [
    'https://corp.test/_registry/npm/@acme%2fui',
    null,
    'server',
    'https://corp.test/_registry/npm/',
    'https://corp.test/api/v3',
  ],
  [
    'https://npm.corp.test/@acme%2fui',
    'https://corp.test',
    'server',
    'https://npm.corp.test/',
    'https://corp.test/api/v3',
  ],
])('%s belongs to a GitHub', (url, server, platform, registry, apiUrl) => {
  expect(githubRegistryOf(url, server === null ? null : jobOf(server))).toMatchObject({
    platform,
    url: registry,
    apiUrl,
  });
});

it.each([
  ['https://npm.corp.test/@acme%2fui', null],
  ['https://npm.corp.test/', 'https://other.test'],
  ['https://npm.pkg.github.com.evil.test/', null],
  ['https://evil.test/npm.pkg.github.com/', null],
  ['https://npm.a.b.ghe.com/', null],
  ['https://gitlab.example.com/api/v4/packages/npm/', 'https://github.com'],
  ['ftp://npm.pkg.github.com/', null],
  ['npm.pkg.github.com', null],
])('%s belongs to none', (url, server) => {
  expect(githubRegistryOf(url, server === null ? null : jobOf(server))).toBeNull();
});

it('knows the registries of a server', () => {
  const urls = (server: string) => githubRegistriesOf(server).map(({ url }) => url);
  expect(urls('https://github.com')).toEqual(['https://npm.pkg.github.com/']);
  expect(urls('https://acme.ghe.com')).toEqual(['https://npm.acme.ghe.com/']);
  expect(urls('https://corp.test:8443')).toEqual([
    'https://corp.test:8443/_registry/npm/',
    'https://npm.corp.test:8443/',
  ]);
  expect(urls('no address')).toEqual([]);
});

it.each([
  ['https://npm.pkg.github.com', null],
  ['https://npm.pkg.github.com/', null],
  ['https://npm.pkg.github.com/acme', 'acme'],
  ['https://npm.pkg.github.com/acme/', 'acme'],
  ['https://corp.test/_registry/npm', null],
  ['https://corp.test/_registry/npm/acme/', 'acme'],
])('%s has behind the registry: %s', (url, expected) => {
  const registry = githubRegistryOf(url, null);
  expect(registry && pathBehindRegistry(url, registry)).toBe(expected);
});
