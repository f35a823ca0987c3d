import { describe, expect, it } from 'vitest';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import { jobVariables } from '../../src/demo/scenario.ts';
import type { Dependency } from '../../src/domain/dependency.ts';
import type { Project } from '../../src/domain/project.ts';
import { recogniseEnvironment } from '../../src/providers/recognise.ts';
import { isPrivate, privateScopes } from '../../src/steps/private-packages.ts';
import { dependency, npm, worldOf } from '../clients/client-world.ts';

const url = 'https://gitlab.example.com';
const project: Project = {
  directory: '/checkout',
  manifest: 'package.json',
  name: 'shop',
  dependencies: [dependency('@kit/ui')],
  lockfile: null,
  workspaces: [],
  publish: [],
  declaredClient: null,
  client: 'npm',
  lockfilesFound: [],
};

/** Which of these packages, that only `@kit/ui` needs, the job takes for private ones. */
function privateOnes(npmrc: string, names: readonly string[], scopes: readonly string[] | null = null) {
  const ask = asker(npmrc, scopes);
  return names.filter((name) => ask(dependency(name, { kind: 'transitive' })));
}

/** Whether the job takes a package for a private one; `direct` is one of those that the project asks for. */
function asker(
  npmrc: string,
  scopes: readonly string[] | null,
  direct?: Dependency,
): (asked: Dependency) => boolean {
  const env = jobVariables({
    url,
    version: '18.5.0',
    project: 'acme/shop',
    projectId: 512,
    user: 'alice',
    token: 'glcbt-64_token-of-these-tests',
  });
  const environment = recogniseEnvironment(env, 'by CI', null);
  const client = resolveNpm(worldOf({ '.npmrc': npmrc }, env), npm('10.9.9'));
  const dependencies = direct === undefined ? project.dependencies : [direct];
  const facts = { environment, project: { ...project, dependencies }, client, scopes, named: [] };
  const found = privateScopes(facts);
  return (asked) => isPrivate(facts, found, asked);
}

const kit = `@kit:registry=${url}/api/v4/packages/npm/\n`;
const others = ['@acme/lib', '@corp/x', '@types/node', 'left'];

describe('what only other packages need', () => {
  it('is private by the root namespace, which need not be mapped', () => {
    expect(privateOnes(kit, others)).toEqual(['@acme/lib']);
  });

  it('is private by a line for its scope, whatever registry that names', () => {
    const corp = '@corp:registry=https://npm.corp.example/\n';
    expect(privateOnes(`${kit}${corp}`, others)).toEqual(['@acme/lib', '@corp/x']);
  });

  it('is private where all names are asked at GitLab', () => {
    expect(privateOnes(`registry=${url}/api/v4/projects/7/packages/npm/\n`, others)).toEqual(others);
  });

  it('is what the input says, where it says so', () => {
    expect(privateOnes(kit, others, ['@kit'])).toEqual([]);
  });
});

describe('what is asked for by the address of a tarball', () => {
  const corp = '@corp:registry=https://corp.example/npm\n';
  it.each([
    ['below the registry of its scope', '@corp/x', 'https://corp.example/npm/@corp/x/-/x-1.0.0.tgz', true],
    ['beside that registry', '@corp/x', 'https://corp.example/npm-old/x-1.0.0.tgz', false],
    ['of another host', '@corp/x', 'https://files.example/npm/x-1.0.0.tgz', false],
    ['with a user of its own', '@corp/x', 'https://me@corp.example/npm/x-1.0.0.tgz', false],
    ['of a scope that is not mapped', '@other/x', 'https://corp.example/npm/x-1.0.0.tgz', false],
  ])('%s', (_where, name, requested, expected) => {
    const asked = dependency(name, { from: 'url', requested });
    expect(asker(`${kit}${corp}`, null, asked)(asked)).toBe(expected);
  });
});
