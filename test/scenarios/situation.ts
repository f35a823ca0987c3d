import { jobVariables, manifest } from '../../src/demo/scenario.ts';
import { type GitLabBuilder, gitlab } from '../../src/simulator/gitlab.ts';
import type { GitLabSettings } from '../../src/simulator/model.ts';
import type { TestWorld } from './test-world.ts';

/** The address of the GitLab of nearly every world. */
export const url = 'https://gitlab.example.com';
/** The token of the running job. */
export const token = 'glcbt-64_demo-job-token-of-acme-shop';

/** A GitLab with the job's project acme/shop (512) and the package project acme/ui (324), where alice is only a member of the first. */
export function strangers(settings: Partial<GitLabSettings> = {}): GitLabBuilder {
  return gitlab({ version: '18.2', ...settings })
    .project('acme/shop', { id: 512 })
    .project('acme/ui', { id: 324 })
    .member('alice', 'developer', 'acme/shop')
    .jobToken(token, { project: 'acme/shop', user: 'alice' })
    .package('acme/ui', '@acme/ui', '1.4.0');
}

/** The same with everything granted: alice is Reporter in acme/ui, and its allowlist names acme/shop. */
export function friends(settings: Partial<GitLabSettings> = {}): GitLabBuilder {
  return strangers(settings).member('alice', 'reporter', 'acme/ui').allow('acme/ui', 'acme/shop');
}

/** Lines of an `.npmrc` for that GitLab. */
export const rc = {
  instance: `@acme:registry=${url}/api/v4/packages/npm/\n`,
  group: `@acme:registry=${url}/api/v4/groups/acme/-/packages/npm/\n`,
  project: `@acme:registry=${url}/api/v4/projects/324/packages/npm/\n`,
  /** One key for every route of the server. */
  key: '//gitlab.example.com/api/v4/:_authToken=${CI_JOB_TOKEN}\n',
};

/** The tarball URL that GitLab's metadata names. */
export function tarballUrl(project: number, name: string, version: string, server = url): string {
  return `${server}/api/v4/projects/${project}/packages/npm/${name}/-/${name}-${version}.tgz`;
}

interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  optional?: boolean;
  name?: string;
  dependencies?: Readonly<Record<string, string>>;
}

/** A package-lock.json with these packages below node_modules. */
export function lockfile(
  dependencies: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, Locked>>,
): string {
  return `${JSON.stringify(
    {
      name: 'my-project',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'my-project', version: '1.0.0', dependencies },
        ...Object.fromEntries(
          Object.entries(packages).map(([name, locked]) => [`node_modules/${name}`, locked]),
        ),
      },
    },
    null,
    2,
  )}\n`;
}

type Parts = Pick<TestWorld, 'name' | 'story' | 'expected'> &
  Partial<Omit<TestWorld, 'gitlab'>> & {
    gitlab: GitLabBuilder;
    dependencies?: Readonly<Record<string, string>>;
    /** The text of the checkout's `.npmrc`. */
    npmrc?: string;
    lock?: string;
    /** Variables of the job beside the predefined ones; `null` takes one away. */
    variables?: Readonly<Record<string, string | null>>;
    /** The version as the server names itself to the job. */
    serverVersion?: string;
  };

/** A world around acme/shop: `verify` with npm 10 on a checkout that needs `@acme/ui`, unless said otherwise. */
export function situation(parts: Parts): TestWorld {
  const {
    dependencies = { '@acme/ui': '^1.0.0' },
    npmrc,
    lock,
    variables = {},
    serverVersion,
    ...rest
  } = parts;
  const given = {
    ...jobVariables({
      url: parts.url ?? url,
      version: serverVersion ?? `${parts.gitlab.settings.version}.1`,
      project: 'acme/shop',
      projectId: 512,
      user: 'alice',
      token,
    }),
    ...variables,
  };
  return {
    url,
    home: {},
    npm: '10.9.2',
    command: 'verify',
    ...rest,
    env: Object.fromEntries(
      Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null),
    ),
    files: {
      'package.json': manifest(dependencies),
      ...(npmrc === undefined ? {} : { '.npmrc': npmrc }),
      ...(lock === undefined ? {} : { 'package-lock.json': lock }),
      ...parts.files,
    },
  };
}
