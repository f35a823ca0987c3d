import { resolve } from 'node:path';
import { type GitHubBuilder, github } from '../simulator/github/github.ts';
import { gitlab } from '../simulator/gitlab.ts';
import { manifest, type Scenario } from './scenario.ts';

const token = 'ghs_demo.token-of-the-workflow_of.acme-shop';
const checkout = resolve('/builds', 'my-project');

/** What differs from the usual: a workflow that leaves packages out of its permissions, or a package that does not let its repository in. */
interface GitHubChanges {
  packages?: 'none';
  actionsAccess?: readonly string[];
}

/** A GitHub whose workflow of acme/shop may install `@acme/ui@1.4.0`, which belongs to the repository acme/ui. */
export function acmeGitHub({ packages, actionsAccess = ['acme/shop'] }: GitHubChanges = {}): GitHubBuilder {
  return github()
    .package('@acme/ui', '1.4.0', { repository: 'acme/ui', actionsAccess })
    .workflowToken(token, { repository: 'acme/shop', packages: packages ?? 'read' });
}

/** A workflow of acme/shop. `permissions` and `env` are lines as they stand in it; `env` of the step that installs. */
export function workflow({ permissions, env }: { permissions: string; env: string }): string {
  return `name: CI
on: [push]
permissions:
${permissions}
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: npm ci
${env}`;
}

export const readsBoth = '  contents: read\n  packages: read';
export const passesToken = '        env:\n          NODE_AUTH_TOKEN: ${{ github.token }}\n';

/** A step of a workflow of acme/shop that asks GitHub Packages for `@acme/ui`, in its usual world unless `parts` says otherwise. */
export function githubScenario(
  parts: Pick<Scenario, 'name' | 'story'> & Partial<Scenario> & { workflow?: string; token?: null },
): Scenario {
  const { workflow: text, token: given, ...rest } = parts;
  return {
    // no GitLab has a part in it
    url: 'https://gitlab.example.com',
    gitlab: gitlab(),
    github: acmeGitHub(),
    env: {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_REPOSITORY_OWNER: 'acme',
      GITHUB_ACTOR: 'alice',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF_NAME: 'main',
      GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/ci.yml@refs/heads/main',
      GITHUB_JOB: 'test',
      GITHUB_WORKSPACE: checkout,
      ...(given === null ? {} : { NODE_AUTH_TOKEN: token }),
    },
    files: {
      'package.json': manifest({ '@acme/ui': '^1.0.0' }),
      '.npmrc':
        '@acme:registry=https://npm.pkg.github.com\n//npm.pkg.github.com/:_authToken=${NODE_AUTH_TOKEN}\n',
      '.github/workflows/ci.yml': text ?? workflow({ permissions: readsBoth, env: passesToken }),
    },
    home: {},
    npm: '10.9.2',
    command: 'verify',
    ...rest,
  };
}
