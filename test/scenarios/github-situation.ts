import { resolve } from 'node:path';
import { manifest } from '../../src/demo/scenario.ts';
import { type GitHubBuilder, github } from '../../src/simulator/github/github.ts';
import type { GitHubSettings } from '../../src/simulator/github/model.ts';
import { githubTarballUrl } from '../../src/simulator/github/registry-routes.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { lockfile } from './situation.ts';
import type { TestWorld } from './test-world.ts';

/** Tokens of each kind, none of them real. */
export const githubTokens = {
  workflow: 'ghs_demo.token-of-the-workflow_of.acme-shop',
  app: 'ghs_demo-token-of-another-app-00000',
  classic: 'ghp_demoTokenOfAlice0000000000000000000',
  fineGrained: 'github_pat_demoTokenOfAlice_000000000000',
} as const;

/** Lines of an `.npmrc` for github.com. */
export const githubRc = {
  scope: '@acme:registry=https://npm.pkg.github.com\n',
  key: '//npm.pkg.github.com/:_authToken=${NODE_AUTH_TOKEN}\n',
};

/** A GitHub where the workflow of acme/shop may read the private `@acme/ui`, which is linked to acme/ui. */
export function openGitHub(settings: Partial<GitHubSettings> = {}): GitHubBuilder {
  return closedGitHub(settings).letIn('@acme/ui', 'acme/shop');
}

/** The same where the package lets only its own repository in. */
export function closedGitHub(settings: Partial<GitHubSettings> = {}): GitHubBuilder {
  return github(settings)
    .package('@acme/ui', '1.4.0', { repository: 'acme/ui' })
    .workflowToken(githubTokens.workflow, { repository: 'acme/shop' });
}

/** A workflow file whose job `test` has these lines of permissions and passes a token as NODE_AUTH_TOKEN. */
export function workflowFile({
  permissions = '',
  jobPermissions = '',
  token = '${{ github.token }}',
}: {
  permissions?: string;
  jobPermissions?: string;
  token?: string;
} = {}): string {
  return `name: CI
on: [push, pull_request]
${permissions}jobs:
  test:
    runs-on: ubuntu-latest
${jobPermissions}    steps:
      - uses: actions/checkout@v7
      - run: npm ci
        env:
          NODE_AUTH_TOKEN: ${token}
`;
}

/** Permissions that let the token read packages, and some that do not. */
export const permissions = {
  both: 'permissions:\n  contents: read\n  packages: read\n',
  contentsOnly: 'permissions:\n  contents: read\n',
};

type Parts = Pick<TestWorld, 'name' | 'story' | 'expected'> &
  Partial<Omit<TestWorld, 'github'>> & {
    github: GitHubBuilder;
    dependencies?: Readonly<Record<string, string>>;
    npmrc?: string;
    lock?: string;
    /** The workflow file; `null` for none in the checkout. */
    workflow?: string | null;
    variables?: Readonly<Record<string, string | null>>;
    /** The head repository of the pull request that the run is of. */
    pullRequestOf?: string;
    ownerType?: 'Organization' | 'User';
  };

/**
 * A world around a job of acme/shop on GitHub: `verify` with npm 10 on a checkout that needs `@acme/ui`, whose `.npmrc` refers to
 * NODE_AUTH_TOKEN, which holds the workflow's token, unless said otherwise.
 */
export function onGitHub(parts: Parts): TestWorld {
  const {
    dependencies = { '@acme/ui': '^1.0.0' },
    npmrc = `${githubRc.scope}${githubRc.key}`,
    lock,
    workflow = workflowFile(),
    variables = {},
    pullRequestOf,
    ownerType = 'Organization',
    github: model,
    ...rest
  } = parts;
  const event = {
    repository: { full_name: 'acme/shop', owner: { login: 'acme', type: ownerType } },
    ...(pullRequestOf ? { pull_request: { head: { repo: { full_name: pullRequestOf } } } } : {}),
  };
  const given: Record<string, string | null> = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: model.settings.serverUrl,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_ACTOR: 'alice',
    GITHUB_EVENT_NAME: pullRequestOf ? 'pull_request' : 'push',
    GITHUB_EVENT_PATH: resolve('/home/runner', 'event.json'),
    GITHUB_REF_NAME: 'main',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ci.yml@refs/heads/main',
    GITHUB_JOB: 'test',
    GITHUB_WORKSPACE: resolve('/builds', 'my-project'),
    NODE_AUTH_TOKEN: githubTokens.workflow,
    ...variables,
  };
  return {
    url: 'https://gitlab.example.com',
    gitlab: gitlab(),
    npm: '10.9.2',
    command: 'verify',
    ...rest,
    github: model,
    home: { 'event.json': JSON.stringify(event), ...parts.home },
    env: Object.fromEntries(
      Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null),
    ),
    files: {
      'package.json': manifest(dependencies),
      '.npmrc': npmrc,
      ...(workflow === null ? {} : { '.github/workflows/ci.yml': workflow }),
      ...(lock === undefined ? {} : { 'package-lock.json': lock }),
      ...parts.files,
    },
  };
}

/** A package-lock.json that takes packages from GitHub's registry, as npm writes it. */
export function githubLock(
  model: GitHubBuilder,
  names: readonly string[] = ['@acme/ui'],
  registry = 'https://npm.pkg.github.com/',
): string {
  const held = model.packages.filter(({ name }) => names.includes(name));
  return lockfile(
    Object.fromEntries(held.map(({ name, version }) => [name, version])),
    Object.fromEntries(
      held.map((one) => [one.name, { version: one.version, resolved: githubTarballUrl(registry, one) }]),
    ),
  );
}
