import { describe, expect, it } from 'vitest';
import { isForgeRegistry } from '../../src/clients/npmrc/gitlab-registry.ts';
import { githubRegistries, registryHolding, shopOf } from '../../src/domain/github-registry.ts';

describe('the npm registry of a GitHub server', () => {
  it.each([
    ['https://github.com', ['https://npm.pkg.github.com/']],
    ['https://acme.ghe.com', ['https://npm.acme.ghe.com/']],
    ['https://git.example.com', ['https://git.example.com/_registry/npm/', 'https://npm.git.example.com/']],
    [
      'http://git.example.com:8080',
      ['http://git.example.com:8080/_registry/npm/', 'http://npm.git.example.com:8080/'],
    ],
    ['ssh://github.com', []],
    ['nonsense', []],
    [null, []],
  ])('of %s', (server, registries) => {
    expect(githubRegistries(server)).toEqual(registries);
    for (const registry of registries)
      expect(isForgeRegistry(registry)).toBe(!registry.includes('//npm.git'));
  });

  it.each([
    ['https://npm.pkg.github.com', true],
    ['https://npm.pkg.github.com/', true],
    ['https://npm.pkg.github.com/acme', true],
    ['https://npm.pkg.github.com/download/@acme/ui/1.0.0/abc', true],
    ['https://npm.pkg.github.com:443/', true],
    ['http://npm.pkg.github.com/', false],
    ['https://npm.pkg.github.com.evil.example/', false],
    ['https://user@npm.pkg.github.com.evil.example/', false],
    ['https://evil.example/https://npm.pkg.github.com/', false],
    ['nonsense', false],
  ])('holds %s: %s', (url, held) => {
    expect(registryHolding(githubRegistries('https://github.com'), url) !== null).toBe(held);
  });

  it.each([
    ['https://npm.pkg.github.com', true],
    ['https://npm.pkg.github.com.evil.example/', false],
    ['https://npm.example.org/', false],
    ['https://gitlab.example.com/api/v4/packages/npm/', true],
  ])('%s is one that only private packages have: %s', (url, forge) => {
    expect(isForgeRegistry(url)).toBe(forge);
  });

  it.each([
    ['ghs_x.y-z', 'github'],
    ['github_pat_x', 'github'],
    ['glpat-x', 'other'],
    ['gldt-x', 'other'],
    ['npm_x', 'other'],
    ['0123', 'unknown'],
    ['', 'unknown'],
  ])('%s is of the shop %s', (token, shop) => {
    expect(shopOf(token)).toBe(shop);
  });
});
