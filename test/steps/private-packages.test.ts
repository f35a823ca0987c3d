import { describe, expect, it } from 'vitest';
import { resolveNpm } from '../../src/clients/npm/resolve-npm.ts';
import { jobVariables } from '../../src/demo/scenario.ts';
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
  const facts = { environment, project, client, scopes, named: [] };
  const found = privateScopes(facts);
  return names.filter((name) => isPrivate(facts, found, dependency(name, { kind: 'transitive' })));
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
