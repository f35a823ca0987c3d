import { describe, expect, it } from 'vitest';
import { checksums } from '../../src/simulator/tarball.ts';
import {
  githubRc,
  githubTokens,
  type onGitHub,
  openGitHub,
  workflowFile,
} from '../scenarios/github-situation.ts';
import { inFront } from '../scenarios/passages.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, lockfile, rc, type situation, tarballUrl, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { remedyText } from './mended.ts';
import { inWorkflow, onGitLab, type Reported, tellAndMend } from './reported.ts';

const packedUi = checksums(
  friends().packages.find(({ name }) => name === '@acme/ui')?.tarball ?? Buffer.alloc(0),
);
const instance = `${url}/api/v4/packages/npm/`;
const key = '//gitlab.example.com/api/v4/packages/npm/:_authToken=${CI_JOB_TOKEN}';
const tarballs = '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}\n';

type Parts = Partial<Parameters<typeof situation>[0]>;

const ui = '@acme/ui@^1.0.0';

const lines: readonly Reported[] = [
  {
    story: 'the echo of bash leaves \\n as it stands',
    world: onGitLab({ npmrc: `${rc.instance.trim()}\\n${key}\n` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${instance}\n${key}`, "printf '%s\\n'"],
    without: ['\\n//'],
  },
  {
    story: 'the same in a file of the user under pnpm, the key first',
    world: onGitLab({
      home: { '.npmrc': `${tarballs}${key}\\n${rc.instance.trim()}\\n\n` },
      client: { name: 'pnpm', version: '10.11.0' },
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`${key}\n@acme:registry=${instance}`],
  },
  {
    story: 'a list of settings that a bot joined with \\n',
    world: onGitLab({
      npmrc: `always-auth = true \\n@acme:registry = "${instance}" \\n${key} \\nsave-exact=true\n`,
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`always-auth = true\n@acme:registry = "${instance}"\n${key}\nsave-exact=true`],
  },
  {
    story: 'the echo of dash writes its -e into the file',
    world: onGitLab({ npmrc: `-e ${rc.instance}${key}\n` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${instance}`, 'echo differs from shell to shell'],
  },
  {
    story: 'the same before the key, with Yarn 1',
    world: onGitLab({
      npmrc: `-e ${key}\n${rc.instance}${tarballs}`,
      client: { name: 'yarn', version: '1.22.22' },
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [key],
  },
  {
    story: 'a slash stands where the colon of the scope belongs',
    world: onGitLab({ npmrc: `@acme/registry=${instance}\n${key}\n` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${instance}`],
  },
  {
    story: 'the name of the variable stands for its value',
    world: onGitLab({ npmrc: `${rc.instance}${rc.key.replace('${CI_JOB_TOKEN}', 'CI_JOB_TOKEN')}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['//gitlab.example.com/api/v4/:_authToken=${CI_JOB_TOKEN}'],
    without: ['[secret]', 'revoke'],
  },
  {
    story: 'the same at GitHub',
    world: inWorkflow({
      npmrc: `${githubRc.scope}${githubRc.key.replace('${NODE_AUTH_TOKEN}', 'NODE_AUTH_TOKEN')}`,
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['//npm.pkg.github.com/:_authToken=${NODE_AUTH_TOKEN}'],
    without: ['[secret]', 'revoke'],
  },
  {
    story: 'the registry is the address of the API, as a comment advised',
    world: onGitLab({
      npmrc: `@acme:registry=${url}/api/v4/\n${rc.key}`,
      client: { name: 'pnpm', version: '8.15.9' },
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${instance}`],
  },
  {
    story: 'the registry is the address of a project in the API, for Yarn 4',
    world: onGitLab({
      files: {
        '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: "${url}/api/v4/projects/324"\n    npmAuthToken: "\${CI_JOB_TOKEN-}"\n`,
      },
      client: { name: 'yarn-berry', version: '4.9.1' },
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`${url}/api/v4/projects/324/packages/npm/`],
    carryOut: (world) => ({
      ...world,
      files: {
        ...world.files,
        '.yarnrc.yml': (world.files['.yarnrc.yml'] ?? '').replace('324"', '324/packages/npm/"'),
      },
    }),
  },
];

const inUrl = 'https://gitlab-ci-token:old@gitlab.example.com/api/v4/packages/npm/';

const logins: readonly Reported[] = [
  {
    story: 'the project has user and password in the URL of the scope, with Yarn 1',
    world: onGitLab({
      npmrc: `@acme:registry=${inUrl}\n${tarballs}`,
      client: { name: 'yarn', version: '1.22.22' },
    }),
    findings: [`NP203 confirmed: ${ui}`],
    remedy: [`@acme:registry=${instance}\n${key}`, 'take user and password out of the URL at .npmrc:1'],
    without: ['@acme:_authToken'],
  },
  {
    story: 'the same with pnpm',
    world: onGitLab({
      npmrc: `@acme:registry=${inUrl}\n${tarballs}`,
      client: { name: 'pnpm', version: '9.15.9' },
    }),
    findings: [`NP203 confirmed: ${ui}`],
    remedy: [`@acme:registry=${instance}\n${key}`],
    without: ['@acme:_authToken'],
  },
  {
    story: 'a credential without an address, which npm 8 takes for the default registry',
    world: onGitLab({
      npmrc: `registry=${url}/api/v4/projects/324/packages/npm/\n_auth=\${AUTH}\n`,
      npm: '8.19.4',
      variables: { AUTH: Buffer.from('alice:password').toString('base64') },
    }),
    findings: [`NP203 confirmed: ${ui}`, 'warning NP110 confirmed'],
    remedy: ['//gitlab.example.com/api/v4/projects/324/packages/npm/:_authToken=${CI_JOB_TOKEN}'],
    without: ['_auth:_authToken'],
    carryOut: null,
  },
  {
    story: 'user and password in bunfig.toml, a table over several lines',
    world: onGitLab({
      files: {
        'bunfig.toml': `[install.scopes."@acme"]\nurl = "${instance}"\nusername = "alice"\npassword = "$PASSWORD"\n`,
      },
      variables: { PASSWORD: 'a-password-of-alice' },
      client: { name: 'bun', version: '1.4.5' },
    }),
    findings: [`NP203 confirmed: ${ui}`],
    remedy: ['token = "$CI_JOB_TOKEN"', 'take username out'],
    without: [':_authToken'],
    carryOut: (world) => ({
      ...world,
      files: {
        ...world.files,
        'bunfig.toml': `[install.scopes."@acme"]\nurl = "${instance}"\ntoken = "$CI_JOB_TOKEN"\n`,
      },
    }),
  },
  {
    story: 'user and password in the URL in bunfig.toml',
    world: onGitLab({
      files: { 'bunfig.toml': `[install.scopes]\nacme = "${inUrl}"\n` },
      client: { name: 'bun', version: '1.4.5' },
    }),
    findings: [`NP203 confirmed: ${ui}`],
    remedy: [key, 'take user and password out of the URL at bunfig.toml:2'],
    carryOut: (world) => ({
      ...world,
      files: {
        ...world.files,
        'bunfig.toml': `[install.scopes]\nacme = "${instance}"\n`,
        '.npmrc': `${key}\n`,
      },
    }),
  },
  {
    story: 'a user with the job token in Yarn 4',
    world: onGitLab({
      files: {
        '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: "${instance}"\n    npmAuthIdent: "gitlab-ci-token:\${CI_JOB_TOKEN-}"\n`,
      },
      client: { name: 'yarn-berry', version: '4.9.1' },
    }),
    findings: [`NP203 confirmed: ${ui}`],
    remedy: ['npmAuthToken: "${CI_JOB_TOKEN-}"'],
    without: ['acme:\n'],
    carryOut: (world) => ({
      ...world,
      files: {
        ...world.files,
        '.yarnrc.yml': (world.files['.yarnrc.yml'] ?? '').replace(
          /npmAuthIdent.*/,
          'npmAuthToken: "${CI_JOB_TOKEN-}"',
        ),
      },
    }),
  },
];

const kit = '@acme/shop-kit@1.0.0';
const publishing = (parts: Partial<Parameters<typeof onGitHub>[0]>, name = '@acme/shop-kit') =>
  inWorkflow({
    dependencies: {},
    inputs: { publish: 'true' },
    ...parts,
    files: {
      'package.json': JSON.stringify({
        name,
        version: '1.0.0',
        publishConfig: { registry: 'https://npm.pkg.github.com' },
      }),
    },
  });
const deafToken = (packages: 'none' | 'read') =>
  openGitHub().workflowToken(githubTokens.workflow, { repository: 'acme/shop', packages });

const pushes: readonly Reported[] = [
  {
    story: 'the permissions of the job that publishes let it read packages only',
    world: publishing({
      github: deafToken('read'),
      workflow: workflowFile({
        jobPermissions: '    permissions:\n      contents: write\n      packages: read\n',
      }),
    }),
    findings: [`NP311 confirmed: ${kit}`],
    remedy: ['      packages: write', 'permissions: { contents: write, packages: write }'],
    without: ['packages: read }', 'only versions can be looked at'],
    carryOut: null,
  },
  {
    story: 'the permissions of the job that publishes leave packages out',
    world: publishing({
      github: deafToken('none'),
      workflow: workflowFile({ jobPermissions: '    permissions:\n      contents: write\n' }),
    }),
    findings: [`NP311 confirmed: ${kit}`],
    remedy: ['packages: write', 'permissions: { contents: write, packages: write }'],
    without: ['packages: read'],
    carryOut: null,
  },
  {
    story: 'the package lets no other repository in, and this one publishes it',
    world: publishing(
      { github: openGitHub().without('@acme/ui').package('@acme/ui', '0.9.0', { repository: 'acme/ui' }) },
      '@acme/ui',
    ),
    findings: ['NP312 confirmed: @acme/ui@1.0.0'],
    remedy: ['> role Write'],
    without: ['role Read'],
    carryOut: null,
  },
  {
    story: 'the classic token of the step that publishes lacks its scope',
    world: publishing(
      {
        github: openGitHub()
          .classicToken(githubTokens.classic, { user: 'alice', scopes: ['repo'] })
          .reader('@acme/ui', 'alice'),
        variables: { NODE_AUTH_TOKEN: githubTokens.classic },
        workflow: workflowFile({ token: '${{ secrets.NPM_TOKEN }}' }),
      },
      '@acme/ui',
    ),
    findings: ['NP204 confirmed: @acme/ui@1.0.0'],
    remedy: ['tick write:packages'],
    without: ['read:packages'],
    carryOut: null,
  },
  {
    story: 'the step that publishes passes no token, and setup-node left its placeholder',
    world: publishing({
      npmrc: '',
      home: { 'tmp/.npmrc': `${githubRc.key}${githubRc.scope}` },
      variables: {
        NPM_CONFIG_USERCONFIG: '/home/runner/tmp/.npmrc',
        NODE_AUTH_TOKEN: 'XXXXX-XXXXX-XXXXX-XXXXX',
      },
    }),
    findings: [`NP105 confirmed: ${kit}`],
    remedy: ['pass it to each step that publishes', 'packages: write in the permissions of the job'],
    without: ['packages: read', 'that installs'],
    carryOut: null,
  },
];

const strangersKey = '//gitlab.com/api/v4/:_authToken=${CI_JOB_TOKEN}\n';
/** Another server that refuses whoever asks. */
const refusing =
  (server: string, body: string): NonNullable<TestWorld['passage']> =>
  async (gitlab) => {
    const { origin } = await inFront(() => ({ status: 401, body }))(gitlab);
    return { origin: new URL(gitlab.url).origin, origins: { [server]: origin ?? '' } };
  };

const strangers: readonly Reported[] = [
  {
    story: 'the registry is gitlab.com, the token that of a job on another GitLab',
    world: onGitLab({
      npmrc: `@acme:registry=https://gitlab.com/api/v4/packages/npm/\n${strangersKey}`,
      passage: refusing('https://gitlab.com', '{"message":"401 Unauthorized"}'),
    }),
    findings: [`NP202 confirmed: ${ui}`],
    remedy: [
      'use a token of gitlab.com, under another name than CI_JOB_TOKEN',
      'CI_JOB_TOKEN is the token of gitlab.example.com for this job',
      `write ${url}/api/v4 in the registry line`,
    ],
    without: ['type File', 'live token'],
    carryOut: null,
  },
  {
    story: 'the registry is that of github.com, the workflow one of ghe.com',
    world: inWorkflow({
      github: openGitHub({ serverUrl: 'https://octocorp.ghe.com' }),
      passage: refusing(
        'https://npm.pkg.github.com',
        '{"error":"unauthenticated: User cannot be authenticated with the token provided."}',
      ),
    }),
    findings: [`NP202 confirmed: ${ui}`],
    remedy: [
      'let registry line and key name https://npm.octocorp.ghe.com/',
      'make a classic token with the scope read:packages at https://github.com/settings/tokens',
    ],
    without: ['lives as long as its job'],
    carryOut: (world) => ({
      ...world,
      files: {
        ...world.files,
        '.npmrc':
          '@acme:registry=https://npm.octocorp.ghe.com\n//npm.octocorp.ghe.com/:_authToken=${NODE_AUTH_TOKEN}\n',
      },
    }),
  },
];

const mirrored = (npm: string, inputs: Readonly<Record<string, string>> = {}) =>
  onGitLab({
    npm,
    inputs,
    dependencies: { undici: '8.10.0' },
    lock: lockfile(
      { undici: '8.10.0' },
      { undici: { version: '8.10.0', resolved: 'https://mirror.example/undici/-/undici-8.10.0.tgz' } },
    ),
  });

it('npm 12 takes no package from a mirror that only the lockfile names, and ends there', async () => {
  const { findings, verdict } = (await play(mirrored('12.0.1'))).report;
  expect(verdict).toBe('fail');
  expect(findings.map(findingLine)).toEqual(['NP117 confirmed: undici@8.10.0']);
  expect(findings[0]).toMatchObject({ seen: expect.stringContaining('EALLOWREMOTE') });
});

it('npm 12 takes no package from such a mirror, and that is said where only some scopes are looked at', async () => {
  const { findings, verdict } = (await play(mirrored('12.0.1', { scopes: '@acme' }))).report;
  expect(verdict).toBe('pass');
  expect(findings.map(findingLine)).toEqual(['warning NP111 confirmed']);
  expect(findings[0]).toMatchObject({
    title: 'package-lock.json takes undici from https://mirror.example, which npm 12.0.1 refuses',
    seen: expect.stringContaining('EALLOWREMOTE'),
  });
  expect(remedyText(findings)).toContain('and the install ends');
});

it('one key is asked for once, where it covers registry and tarball', async () => {
  const { findings } = (
    await play(
      onGitLab({
        client: { name: 'yarn', version: '1.22.22' },
        npmrc: `${rc.project}`,
        files: {
          'yarn.lock': `# yarn lockfile v1\n\n\n"@acme/ui@^1.0.0":\n  version "1.4.0"\n  resolved "${tarballUrl(324, '@acme/ui', '1.4.0')}#${packedUi.shasum}"\n`,
        },
      }),
    )
  ).report;
  expect(findings.map(findingLine)).toEqual(['NP103 confirmed: @acme/ui@1.4.0']);
  expect(findings[0]?.remedy).toMatchObject({
    summary: 'add a credential key for the registry, which covers the tarball too',
    edit: { after: '//gitlab.example.com/api/v4/projects/324/packages/npm/:_authToken=${CI_JOB_TOKEN}' },
  });
});

/** A workspace with a package that needs another of it by its version; nobody publishes them. */
const workspace = (version: string, more: Parts & { yaml?: string; rc?: string } = {}, asked = '0.1.0') => {
  const { yaml = '', rc: line = '', ...parts } = more;
  return onGitLab({
    gitlab: friends({ forwarding: false }),
    client: { name: 'pnpm', version },
    npmrc: `${rc.instance}${rc.key}${line}`,
    ...parts,
    files: {
      'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
      'pnpm-workspace.yaml': `packages:\n  - packages/*\n${yaml}`,
      'packages/headless/package.json': JSON.stringify({
        name: '@acme/headless',
        version: '0.1.0',
        dependencies: { '@acme/runtime': asked },
      }),
      'packages/runtime/package.json': '{ "name": "@acme/runtime", "version": "0.1.0" }',
    },
  });
};
const withoutYaml = ({ files: { 'pnpm-workspace.yaml': _, ...files }, ...world }: TestWorld): TestWorld => ({
  ...world,
  files,
});
const on = 'link-workspace-packages=true\n';
const unpublished = ['NP501 confirmed: @acme/runtime@0.1.0'];

it.each([
  ['pnpm 10 asks the registry for it', workspace('10.11.0'), unpublished],
  ['not with link-workspace-packages in .npmrc', workspace('10.11.0', { rc: on }), []],
  ['nor where that is deep', workspace('9.15.9', { rc: 'link-workspace-packages=deep\n' }), []],
  [
    'nor by a variable',
    workspace('9.15.9', { variables: { npm_config_link_workspace_packages: 'true' } }),
    [],
  ],
  ['nor by pnpm-workspace.yaml', workspace('11.7.0', { yaml: 'linkWorkspacePackages: true\n' }), []],
  ['pnpm 11 reads no such line in .npmrc', workspace('11.7.0', { rc: on }), unpublished],
  [
    'pnpm 9 no such setting in pnpm-workspace.yaml',
    workspace('9.15.9', { yaml: 'linkWorkspacePackages: true\n' }),
    unpublished,
  ],
  ['pnpm 8 links it by itself', workspace('8.15.9'), []],
  ['unless it is told not to', workspace('8.15.9', { rc: 'link-workspace-packages=false\n' }), unpublished],
] as const)('a version that the workspace has: %s', async (_, world, findings) => {
  expect((await play(world)).report.findings.map(findingLine)).toEqual(findings);
});

it.each([
  ['pnpm', workspace('10.11.0'), '"@acme/runtime": "workspace:*"'],
  [
    'pnpm, where GitLab sends it on',
    workspace('10.11.0', { gitlab: friends() }),
    '"@acme/runtime": "workspace:*"',
  ],
  [
    'Yarn 1, for a version that does not fit',
    withoutYaml(workspace('', { client: { name: 'yarn', version: '1.22.22' } }, '^0.2.0')),
    'give it a version that the range takes',
  ],
])('the workspace that has it is named: %s', async (_, world, how) => {
  const words = remedyText((await play(world)).report.findings);
  expect(words).toContain('packages/runtime of this workspace is @acme/runtime');
  expect(words).toContain(how);
});

const owned: readonly Reported[] = [
  {
    story: 'public packages are asked at GitHub, with the owner behind the host',
    world: inWorkflow({
      dependencies: { 'cloud-config-client': '^1.5.2', '@acme/ui': '^1.0.0' },
      npmrc: `registry=https://npm.pkg.github.com/acme\n${githubRc.scope}${githubRc.key}`,
    }),
    findings: ['NP110 confirmed: cloud-config-client@^1.5.2'],
    remedy: ['take the setting out at .npmrc:1'],
    without: ['npm.pkg.github.com/acme/'],
    carryOut: null,
  },
  {
    story: 'the same where no line maps the scope of the owner',
    world: inWorkflow({
      dependencies: { 'cloud-config-client': '^1.5.2' },
      npmrc: `registry=https://npm.pkg.github.com/fffEnterprises\n${githubRc.key}`,
    }),
    findings: ['NP110 confirmed: cloud-config-client@^1.5.2'],
    remedy: ['@fffenterprises:registry=https://npm.pkg.github.com/'],
    without: ['npm.pkg.github.com/fffEnterprises'],
    carryOut: null,
  },
  {
    story: 'a scoped package there still has the owner for its cause',
    world: inWorkflow({
      npmrc: `@acme:registry=https://npm.pkg.github.com/acme\n${githubRc.key}`,
    }),
    findings: [`NP120 confirmed: ${ui}`],
    remedy: ['@acme:registry=https://npm.pkg.github.com/'],
  },
];

describe.each([
  ['an owner behind the host of GitHub', owned],
  ['a token of another server', strangers],
  ['what publishing to GitHub needs', pushes],
  ['lines that are no settings', lines],
  ['a user with a password where a token is wanted', logins],
] as const)('%s', (_, cases) => tellAndMend(cases));

describe('where the file does not tell what the token may push, nothing is said of it', () => {
  const file = (level: string, token?: string) =>
    workflowFile({
      permissions: `permissions:\n  contents: read\n  packages: ${level}\n`,
      ...(token ? { token } : {}),
    });
  it.each([
    ['the permissions let it write', publishing({ github: deafToken('read'), workflow: file('write') })],
    ['there is no block', publishing({ github: deafToken('read'), workflow: workflowFile() })],
    [
      'another token publishes',
      publishing({ github: deafToken('read'), workflow: file('read', '${{ secrets.PUSH_TOKEN }}') }),
    ],
  ] as const)('%s', async (_, world) => {
    const { report, text } = await play(world);
    expect(report.findings).toEqual([]);
    expect(text).toContain('only versions can be looked at');
  });
});

const offCi = (project: number, parts: Parts): TestWorld =>
  onGitLab({
    variables: { GITLAB_CI: null, CI_JOB_TOKEN: null },
    npmrc: `@acme:registry=${url}/api/v4/projects/${project}/packages/npm/\n`,
    ...parts,
    inputs: { ...parts.inputs, 'token-env': 'NPM_TOKEN' },
  });

it.each([
  [
    'published',
    offCi(512, {
      dependencies: {},
      inputs: { publish: 'true' },
      files: { 'package.json': JSON.stringify({ name: '@acme/shop-kit', version: '1.1.0' }) },
    }),
    'may publish packages (deploy token: write_package_registry, personal: api)',
  ],
  [
    'installed',
    offCi(324, {}),
    'may read packages (deploy token: read_package_registry, personal: read_api)',
  ],
])('a token for GitLab is asked for with the rights of a package that is %s', async (_, world, words) => {
  const { findings } = (await play(world)).report;
  expect(remedyText(findings)).toContain(words);
});

it('reading alone is asked for where nothing is published', async () => {
  const world = inWorkflow({
    github: deafToken('none'),
    workflow: workflowFile({ permissions: 'permissions:\n  contents: read\n' }),
  });
  const { findings } = (await play(world)).report;
  expect(findings.map(findingLine)).toEqual([`NP311 confirmed: ${ui}`]);
  expect(remedyText(findings)).not.toContain('packages: write');
});

it('a token that looks like a name is one, where no variable is called so', async () => {
  const literal = 'SHARED_READ_ONLY_PASS';
  const world = onGitLab({
    gitlab: friends().deployToken(literal, { project: 'acme/ui' }),
    npmrc: `${rc.project}//gitlab.example.com/api/v4/:_authToken=${literal}\n`,
  });
  const { report, text } = await play(world);
  expect(report.findings.map(findingLine)).toEqual(['warning NP115 confirmed']);
  expect(text).not.toContain(literal);
});

describe('what looks like them stays silent', () => {
  it.each([
    [
      'a path of Windows, and a scope that is set to no address',
      onGitLab({ npmrc: `cache=D:\\new\\n\n@acme=true\n${rc.instance}${key}\n${tarballs}` }),
    ],
  ] as const)('%s', async (_, world) => {
    expect((await play(world)).report).toMatchObject({ verdict: 'pass', findings: [] });
  });
});
