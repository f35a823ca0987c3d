import { githubTarballUrl } from '../../../src/simulator/github/registry-routes.ts';
import { checksums } from '../../../src/simulator/tarball.ts';
import {
  closedGitHub,
  githubLock,
  githubRc,
  githubTokens,
  onGitHub,
  openGitHub,
  permissions,
  workflowFile,
} from '../../scenarios/github-situation.ts';
import type { UserCase } from '../user-case.ts';

const withoutPackages = openGitHub().workflowToken(githubTokens.workflow, {
  repository: 'acme/shop',
  packages: 'none',
});
const contentsOnly = workflowFile({ permissions: permissions.contentsOnly });
const failed = (code: string, what = '@acme/ui@^1.0.0') =>
  ({ verdict: 'fail', exitCode: 1, findings: [`${code} confirmed: ${what}`] }) as const;
const pnpm = { client: { name: 'pnpm', version: '10.18.0' } } as const;

/** The longest thread about private packages in workflows, and the documentation that it led to. */
export const packageOfAnotherRepository: UserCase = {
  ids: ['UC-099', 'UC-100'],
  world: onGitHub({
    name: 'package-of-another-repository',
    story: 'the workflow token does not read the packages of another private repository',
    github: closedGitHub(),
    dependencies: { '@acme/ui': '1.4.0' },
    lock: githubLock(closedGitHub()),
    expected: failed('NP312', '@acme/ui@1.4.0'),
  }),
  fix: 'package settings > Manage Actions access: add the repository, Read',
  remedy: [
    'https://github.com/orgs/acme/packages/npm/ui/settings',
    '"Manage Actions access"',
    'acme/shop',
    'role Read',
  ],
};

/** Old instructions had the owner in the registry's address. */
export const ownerInAddress: UserCase = {
  ids: ['UC-109'],
  world: onGitHub({
    name: 'owner-in-address',
    story: 'pnpm with the owner behind the registry of GitHub',
    github: openGitHub(),
    npmrc: `@acme:registry=https://npm.pkg.github.com/acme\n${githubRc.key}`,
    ...pnpm,
    expected: failed('NP120'),
  }),
  fix: 'the plain host',
  remedy: ['https://npm.pkg.github.com/'],
};

const [held] = closedGitHub().packages;
const tarball = held ? githubTarballUrl('https://npm.pkg.github.com/', held) : '';
const integrity = held ? checksums(held.tarball).integrity : '';

/** pnpm 11 called the refused metadata request a tampered lockfile. */
export const refusalBehindMismatch: UserCase = {
  ids: ['UC-117'],
  world: onGitHub({
    name: 'refusal-behind-mismatch',
    story: 'pnpm 11 says that the lockfile was tampered with, and the metadata was refused',
    github: closedGitHub(),
    client: { name: 'pnpm', version: '11.6.0' },
    npmrc: '',
    home: { '.npmrc': `${githubRc.scope}${githubRc.key}` },
    dependencies: { '@acme/ui': '1.4.0' },
    files: {
      'pnpm-lock.yaml': `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@acme/ui':
        specifier: 1.4.0
        version: 1.4.0

packages:

  '@acme/ui@1.4.0':
    resolution: {integrity: ${integrity}, tarball: ${tarball}}

snapshots:

  '@acme/ui@1.4.0': {}
`,
    },
    expected: failed('NP312', '@acme/ui@1.4.0'),
  }),
  fix: 'grant Actions access on the package',
  remedy: ['"Manage Actions access"', 'acme/shop'],
};

/** An explicit block without packages. */
export const blockWithoutPackages: UserCase = {
  ids: ['UC-118'],
  world: onGitHub({
    name: 'block-without-packages',
    story: 'a permissions block without packages, where workflows without any block work',
    github: withoutPackages,
    workflow: contentsOnly,
    expected: failed('NP311'),
  }),
  fix: 'permissions: packages: read',
  remedy: ['packages: read', '.github/workflows/ci.yml'],
};

/** The same with pnpm, hidden by a warm cache for a while. */
export const blockBehindCache: UserCase = {
  ids: ['UC-119'],
  world: onGitHub({
    name: 'block-behind-cache',
    story: 'pnpm and a permissions block without packages, seen once the cache was cleared',
    github: withoutPackages,
    workflow: contentsOnly,
    ...pnpm,
    expected: failed('NP311'),
  }),
  fix: 'packages: read',
  remedy: ['packages: read', 'contents: read'],
};
