import { describe, expect, it } from 'vitest';
import type { ClientModel } from '../../src/domain/client.ts';
import type { Dependency } from '../../src/domain/dependency.ts';
import { readInputs } from '../../src/inputs.ts';
import { recogniseEnvironment } from '../../src/providers/recognise.ts';
import { planGitHub } from '../../src/steps/plan-github.ts';

const githubUrl = 'https://npm.pkg.github.com/';
const workflow = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY_OWNER: 'acme',
  GITHUB_TOKEN: 'ghs_0123456789abcdef',
};

interface Situation {
  env?: Record<string, string>;
  /** The registry that the configuration maps `@acme` to. */
  mapped?: string;
  /** The tarball that the lockfile names. */
  tarball?: string;
  /** The input `scopes`. */
  scopes?: string;
  hasCredential?: boolean;
}

function plan({ env = workflow, mapped, tarball, scopes = 'auto', hasCredential = false }: Situation) {
  const reading = readInputs({ args: new Map([['scopes', [scopes]]]), env: {} });
  if (reading.kind === 'usage') throw new Error(reading.message);
  const client = {
    problems: [],
    metadataUrl: (registry: string, name: string) => `${registry}${name}`,
    credentialFor: () => (hasCredential ? { kind: 'token' } : { kind: 'none', nearest: [] }),
  } as unknown as ClientModel;
  const locked = tarball === undefined ? null : { version: '1.0.0', tarball, integrity: null };
  const dependency = { name: '@acme/ui', locked } as unknown as Dependency;
  const source = { kind: 'default', why: '' } as const;
  const found = planGitHub({ environment: recogniseEnvironment(env, null), client }, reading.inputs, {
    scope: '@acme',
    packages: [dependency],
    mapped:
      mapped === undefined
        ? { url: null, source, key: null }
        : { url: mapped, source, key: '@acme:registry' },
  });
  return found === null ? null : [found.registry, found.tokenVariable, found.why];
}

describe("GitHub's registry in the plan", () => {
  it.each<[Situation, string, string]>([
    [{ mapped: 'https://npm.pkg.github.com' }, githubUrl, 'the configuration maps it there'],
    [{ mapped: 'https://npm.pkg.github.com/acme' }, githubUrl, 'the configuration maps it there'],
    [
      { tarball: 'https://npm.pkg.github.com/download/@acme/ui/1.0.0/0a1b' },
      githubUrl,
      'the lockfile takes it from there',
    ],
    [{ scopes: '@acme' }, githubUrl, 'named by the input scopes'],
    [
      {
        env: { ...workflow, GITHUB_SERVER_URL: 'https://git.example.com' },
        mapped: 'https://npm.git.example.com/',
      },
      'https://npm.git.example.com/',
      'the configuration maps it there',
    ],
  ])('takes a scope for %j', (situation, registry, why) => {
    expect(plan(situation)).toEqual([registry, 'GITHUB_TOKEN', why]);
  });

  it.each<[string, Situation]>([
    ['only has the name of the owner', {}],
    ['is mapped elsewhere', { mapped: 'https://npm.example.org/', scopes: '@acme' }],
    ['is locked elsewhere', { tarball: 'https://npm.example.org/@acme/ui/-/ui-1.0.0.tgz' }],
    ['has a credential already', { mapped: githubUrl, hasCredential: true }],
    ['is mapped while the job has no token', { env: { ...workflow, GITHUB_TOKEN: '' }, mapped: githubUrl }],
    [
      'is mapped while the token is of another shop',
      { env: { ...workflow, GITHUB_TOKEN: 'glpat-0123456789abcdefghij' }, mapped: githubUrl },
    ],
    ['is mapped off GitHub', { env: { GITHUB_TOKEN: 'ghs_0123456789abcdef' }, mapped: githubUrl }],
    [
      'could be at either address of a server',
      { env: { ...workflow, GITHUB_SERVER_URL: 'https://git.example.com' }, scopes: '@acme' },
    ],
  ])('leaves out a scope that %s', (_, situation) => {
    expect(plan(situation)).toBeNull();
  });
});
