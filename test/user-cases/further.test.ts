import { describe, expect, it } from 'vitest';
import { publicHost } from '../../src/domain/public-registry.ts';
import { checksums } from '../../src/simulator/tarball.ts';
import { applyRemedy } from '../scenarios/apply-remedy.ts';
import { githubRc, githubTokens, onGitHub, openGitHub, workflowFile } from '../scenarios/github-situation.ts';
import { inFront } from '../scenarios/passages.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, lockfile, rc, situation, tarballUrl, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { mended, remedyText } from './mended.ts';
import { ownToken, unprotectedRef, withVariable } from './places.ts';

const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;
const instance = `${url}/api/v4/packages/npm/`;
const key = '//gitlab.example.com/api/v4/packages/npm/:_authToken=';
const tarballs = '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}\n';
const keys = `${key}\${CI_JOB_TOKEN}\n${tarballs}`;
const root = `${url}/gitlab`;

type Parts = Partial<Parameters<typeof situation>[0]>;
type GitHubParts = Partial<Parameters<typeof onGitHub>[0]>;

const onGitLab = (parts: Parts): TestWorld =>
  situation({ name: 'further', story: '', expected, gitlab: friends(), ...parts });
const inWorkflow = (parts: GitHubParts): TestWorld =>
  onGitHub({ name: 'further', story: '', expected, github: openGitHub(), ...parts });
const withFile = (name: string, text: string) => (world: TestWorld) => ({
  ...world,
  files: { ...world.files, [name]: text },
});
const withHome = (name: string, text: string) => (world: TestWorld) => ({
  ...world,
  home: { ...world.home, [name]: text },
});
const utf16 = (text: string) => `\uFFFD\uFFFD${[...text].map((letter) => `${letter}\0`).join('')}`;
const bunfig = (address: string, token = ', token = "$CI_JOB_TOKEN"') => ({
  'bunfig.toml': `[install.scopes]\n"@acme" = { url = "${address}"${token} }\n`,
});

const packed = friends().packages.find(({ name }) => name === '@acme/ui')?.tarball ?? Buffer.alloc(0);
const pnpmLock = (more: string) => `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@acme/ui':
        specifier: ^1.0.0
        version: 1.4.0

packages:

  '@acme/ui@1.4.0':
    resolution: {integrity: ${checksums(packed).integrity}${more}}

snapshots:

  '@acme/ui@1.4.0': {}
`;
const locked = { '@acme/ui': '1.4.0', commander: '4.1.1' };

interface Further {
  /** What happened there, in our words. */
  story: string;
  world: TestWorld;
  finding: string;
  /** What the remedy must hold. */
  remedy: readonly (string | RegExp)[];
  /** Carries out the remedy where it stands in words; `null`: nothing here can. */
  carryOut?: ((world: TestWorld) => TestWorld) | null;
}

const cases: readonly Further[] = [
  {
    story: 'pnpm 11.7 with trustPolicy ends at a registry whose metadata has no times',
    world: onGitLab({
      home: { '.npmrc': `${rc.instance}${keys}` },
      files: { 'pnpm-workspace.yaml': 'minimumReleaseAge: 0\ntrustPolicy: no-downgrade\n' },
      client: { name: 'pnpm', version: '11.7.0' },
    }),
    finding: 'NP118 confirmed: @acme/ui@^1.0.0',
    remedy: ['trustPolicyExclude', '@acme/*'],
  },
  {
    story: 'the setting _auth of pnpm 11.10 sends the reference as it stands',
    world: onGitLab({
      home: {
        '.config/pnpm/config.yaml': `_auth:\n  "${url}/":\n    "@":\n      authToken: "\${CI_JOB_TOKEN}"\n`,
      },
      npmrc: rc.instance,
      client: { name: 'pnpm', version: '11.10.0' },
    }),
    finding: 'NP106 confirmed: @acme/ui@^1.0.0',
    remedy: ['.npmrc', key],
  },
  {
    story: 'the scope is mapped at the top of pnpm-workspace.yaml',
    world: onGitLab({
      files: { 'pnpm-workspace.yaml': `packages:\n  - 'p/*'\n'@acme:registry': ${instance}\n` },
      npmrc: keys,
      client: { name: 'pnpm', version: '10.11.0' },
    }),
    finding: 'NP107 confirmed: @acme/ui@^1.0.0',
    remedy: ['.npmrc', 'registries', `@acme:registry=${instance}`],
  },
  {
    story: 'pnpm 12.0 takes the byte order mark for a part of the first key',
    world: onGitLab({
      npmrc: `\uFEFF${rc.instance}`,
      home: { '.npmrc': keys },
      client: { name: 'pnpm', version: '12.0.0' },
    }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: ['UTF-8 without a byte order mark'],
    carryOut: withFile('.npmrc', rc.instance),
  },
  {
    story: 'a script of Windows PowerShell wrote the file in UTF-16',
    world: onGitLab({ npmrc: utf16(`${rc.instance}${keys}`) }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: ['UTF-8', 'PowerShell'],
    carryOut: withFile('.npmrc', `${rc.instance}${keys}`),
  },
  {
    story: 'a section hides the lines below it',
    world: onGitLab({ npmrc: `[default]\n${rc.instance}${keys}` }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: ['take the line out'],
    carryOut: withFile('.npmrc', `${rc.instance}${keys}`),
  },
  {
    story: 'the secret that a script wrote into the line begins with a line break',
    world: onGitLab({ npmrc: `${rc.instance}${key}\nglpat-65_demo-token-of-alice-00\n` }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: ['line break', `${key}\${NAME}`],
    carryOut: withFile('.npmrc', `${rc.instance}${keys}`),
  },
  {
    story: 'a script wrote the line on a branch that has no protected variables',
    world: onGitLab({ npmrc: `${rc.instance}${key}\n`, variables: unprotectedRef('feature') }),
    finding: 'NP105 possible: @acme/ui@^1.0.0 | malformed-rc-line',
    remedy: ['NAME is unset', 'feature is not a protected ref', `${key}\${CI_JOB_TOKEN}`],
  },
  {
    story: 'pnpm sends the empty value of such a line',
    world: onGitLab({
      npmrc: `${rc.instance}${key}\n${tarballs}`,
      client: { name: 'pnpm', version: '10.11.0' },
    }),
    finding: 'NP105 possible: @acme/ui@^1.0.0 | malformed-rc-line',
    remedy: [`${key}\${CI_JOB_TOKEN}`],
  },
  {
    story: 'a workflow wrote the line from a secret that does not exist',
    world: inWorkflow({
      npmrc: `${githubRc.scope}//npm.pkg.github.com/:_authToken=\n`,
      variables: { NODE_AUTH_TOKEN: null },
    }),
    finding: 'NP105 possible: @acme/ui@^1.0.0 | malformed-rc-line',
    remedy: ['a secret that does not exist is empty'],
    carryOut: null,
  },
  {
    story: 'setup-node left its placeholder, because the step passes no token',
    world: inWorkflow({
      variables: { NODE_AUTH_TOKEN: 'XXXXX-XXXXX-XXXXX-XXXXX' },
      workflow: workflowFile().replace(/ {8}env:\n.*\n/, ''),
    }),
    finding: 'NP105 confirmed: @acme/ui@^1.0.0',
    remedy: ['env: NODE_AUTH_TOKEN: ${{ github.token }}', 'secrets: inherit'],
    carryOut: null,
  },
  {
    story: 'Bun 1.4.0 looks up no key of a shorter path',
    world: onGitLab({
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/packages/:_authToken=\${CI_JOB_TOKEN}\n${tarballs}`,
      client: { name: 'bun', version: '1.4.0' },
    }),
    finding: 'NP104 confirmed: @acme/ui@^1.0.0',
    remedy: [key],
  },
  {
    story: 'Bun leaves out the last part of a registry without a final slash',
    world: onGitLab({ files: bunfig(instance.slice(0, -1)), client: { name: 'bun', version: '1.3.4' } }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: [`"${instance}"`],
    carryOut: (world) => withFile('bunfig.toml', bunfig(instance)['bunfig.toml'])(world),
  },
  {
    story: 'the same in an .npmrc that npm understands',
    world: onGitLab({
      npmrc: `@acme:registry=${instance.slice(0, -1)}\n${keys}`,
      client: { name: 'bun', version: '1.3.4' },
    }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: [`@acme:registry=${instance}`],
  },
  {
    story: 'the token stands inside the address in bunfig.toml',
    world: onGitLab({
      files: bunfig(`${instance}:_authToken=$CI_JOB_TOKEN`, ''),
      client: { name: 'bun', version: '1.3.0' },
    }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: [`url = "${instance}"`, 'token = "$NAME"'],
    carryOut: (world) => withFile('bunfig.toml', bunfig(instance)['bunfig.toml'])(world),
  },
  {
    story: 'mapping and key stand on one line',
    world: inWorkflow({
      npmrc: '@acme:registry=https://npm.pkg.github.com/:_authToken=${NODE_AUTH_TOKEN}\n',
    }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: ['//npm.pkg.github.com/:_authToken=${NODE_AUTH_TOKEN}'],
  },
  {
    story: 'the credential is keyed by its scope',
    world: onGitLab({ npmrc: `${rc.instance}@acme:_authToken=\${CI_JOB_TOKEN}\n` }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: [`${key}\${CI_JOB_TOKEN}`],
  },
  {
    story: 'npm 6 and a key without its slash, in a workflow',
    world: inWorkflow({
      npmrc: `${githubRc.scope}//npm.pkg.github.com:_authToken=\${NODE_AUTH_TOKEN}\n`,
      npm: '6.14.18',
    }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: ['//npm.pkg.github.com/:_authToken=${NODE_AUTH_TOKEN}'],
  },
  {
    story: 'the name of the package is given as the scope',
    world: onGitLab({
      home: { '.npmrc': `@acme/ui=${instance}\n${keys}` },
      client: { name: 'pnpm', version: '8.15.5' },
    }),
    finding: 'NP109 confirmed: @acme/ui@^1.0.0',
    remedy: [`@acme:registry=${instance}`],
    carryOut: withHome('.npmrc', `${rc.instance}${keys}`),
  },
  {
    story: 'the owner is written with a capital, the package is not',
    world: inWorkflow({ npmrc: `@Acme:registry=https://npm.pkg.github.com\n${githubRc.key}` }),
    finding: 'NP101 confirmed: @acme/ui@^1.0.0',
    remedy: ['@acme:registry=https://npm.pkg.github.com', 'lower case'],
  },
  {
    story: 'Yarn 1 runs where the settings are those of Yarn 2',
    world: onGitLab({
      files: {
        '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: ${instance}\n    npmAuthToken: "\${CI_JOB_TOKEN}"\n`,
      },
      client: { name: 'yarn', version: '1.22.19' },
      inputs: { client: 'yarn' },
    }),
    finding: 'NP107 confirmed: @acme/ui@^1.0.0',
    remedy: ['.npmrc', `@acme:registry=${instance}`],
  },
  {
    story: 'Yarn 3 takes the settings of a scope from one file alone',
    world: onGitLab({
      files: { '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: "${instance}"\n` },
      home: { '.yarnrc.yml': 'npmScopes:\n  acme:\n    npmAuthToken: "${CI_JOB_TOKEN}"\n' },
      client: { name: 'yarn-berry', version: '3.2.0' },
    }),
    finding: 'NP102 confirmed: @acme/ui@^1.0.0',
    remedy: ['npmAuthToken'],
    carryOut: withFile(
      '.yarnrc.yml',
      `npmScopes:\n  acme:\n    npmRegistryServer: "${instance}"\n    npmAuthToken: "\${CI_JOB_TOKEN}"\n`,
    ),
  },
  {
    story: 'the address of a GitLab below a path lacks the path',
    world: onGitLab({
      url: root,
      gitlab: friends({ relativeRoot: '/gitlab' }),
      npmrc: `${rc.instance}//gitlab.example.com/:_authToken=\${CI_JOB_TOKEN}\n`,
    }),
    finding: 'NP407 confirmed: @acme/ui@^1.0.0',
    remedy: [`@acme:registry=${root}/api/v4/packages/npm/`, 'CI_API_V4_URL'],
  },
  {
    story: 'the project refers to a variable that only the file of the user was changed for',
    world: inWorkflow({
      variables: { NODE_AUTH_TOKEN: null },
      home: { '.npmrc': `//npm.pkg.github.com/:_authToken=${githubTokens.workflow}\n` },
    }),
    finding: 'NP108 confirmed: @acme/ui@^1.0.0',
    remedy: ['take the setting out of .npmrc:2', 'has no value here'],
    carryOut: withFile('.npmrc', githubRc.scope),
  },
  {
    story: 'pnpm makes up the address of a tarball that the lockfile does not name',
    world: onGitLab({
      npmrc: `${rc.instance}${keys}`,
      files: { 'pnpm-lock.yaml': pnpmLock('') },
      client: { name: 'pnpm', version: '10.11.0' },
    }),
    finding: 'NP111 confirmed: @acme/ui@1.4.0',
    remedy: ['lockfileIncludeTarballUrl', 'pnpm update @acme/ui@1.4.0 --lockfile-only'],
    carryOut: withFile('pnpm-lock.yaml', pnpmLock(`, tarball: ${tarballUrl(324, '@acme/ui', '1.4.0')}`)),
  },
  {
    story: 'the same at GitHub',
    world: inWorkflow({
      files: { 'pnpm-lock.yaml': pnpmLock('') },
      client: { name: 'pnpm', version: '10.11.0' },
    }),
    finding: 'NP111 confirmed: @acme/ui@1.4.0',
    remedy: ['pnpm update @acme/ui@1.4.0 --lockfile-only'],
    carryOut: null,
  },
  {
    story:
      'the same with a version before the release of pnpm 11, which still replaces references in the project',
    world: inWorkflow({
      files: { 'pnpm-lock.yaml': pnpmLock('') },
      client: { name: 'pnpm', version: '11.0.0-rc.1' },
    }),
    finding: 'NP111 confirmed: @acme/ui@1.4.0',
    remedy: ['pnpm update @acme/ui@1.4.0 --lockfile-only'],
    carryOut: null,
  },
  {
    story: 'the lockfile was made behind a cache on somebody’s machine',
    world: onGitLab({
      npmrc: `${rc.instance}${keys}`,
      dependencies: locked,
      lock: lockfile(locked, {
        '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0') },
        commander: { version: '4.1.1', resolved: 'http://localhost:4873/commander/-/commander-4.1.1.tgz' },
      }),
    }),
    finding: 'NP111 confirmed: commander@4.1.1',
    remedy: ['http://localhost:4873', 'delete package-lock.json'],
    carryOut: (world) =>
      withFile(
        'package-lock.json',
        (world.files['package-lock.json'] ?? '').replace('http://localhost:4873', `https://${publicHost}`),
      )(world),
  },
  {
    story: 'the token was stored with the quotes around it',
    world: onGitLab({
      gitlab: friends().personalToken(ownToken, { user: 'alice', scopes: ['read_api'] }),
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
      variables: { NPM_TOKEN: `"${ownToken}"` },
      inputs: { 'token-env': 'NPM_TOKEN' },
    }),
    finding: 'NP205 confirmed: @acme/ui@^1.0.0',
    remedy: ['NPM_TOKEN alone', 'without quotes'],
    carryOut: withVariable('NPM_TOKEN'),
  },
  {
    story: 'a variable of the job is filled from a protected one on a branch',
    world: onGitLab({
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${NPM_TOKEN}\n`,
      variables: { NPM_TOKEN: '$PROTECTED_TOKEN', ...unprotectedRef('feature') },
    }),
    finding: 'NP105 confirmed: @acme/ui@^1.0.0',
    remedy: ['feature is not a protected ref', 'Expand variable reference'],
  },
  {
    story: 'a guard in front refuses with a page of its own',
    world: onGitLab({
      npmrc: `${rc.instance}${keys}`,
      passage: inFront(() => ({
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<!DOCTYPE html><title>Request blocked</title>',
      })),
    }),
    finding: 'NP407 confirmed: @acme/ui@^1.0.0',
    remedy: ['let the API path through'],
    carryOut: ({ passage: _, ...world }) => world,
  },
];

describe('failures that others reported, beside those of the collection', () => {
  it.each(cases.map((one) => [one.story, one] as const))(
    '%s',
    async (_, { world, finding, remedy, carryOut }) => {
      const before = await play(world);
      expect(before.report.findings.map(findingLine)).toEqual([finding]);
      const words = remedyText(before.report.findings);
      for (const part of remedy)
        if (typeof part === 'string') expect(words).toContain(part);
        else expect(words).toMatch(part);
      if (carryOut === null) return;
      expect((await mended(world, before, carryOut)).report).toMatchObject({ verdict: 'pass', findings: [] });
    },
  );
});

describe('what looks like them stays silent', () => {
  it.each([
    ['a file in UTF-8 with every letter', onGitLab({ npmrc: `; für alle\n${rc.instance}${keys}` })],
    ['a byte order mark where the client passes over it', onGitLab({ npmrc: `\uFEFF${rc.instance}${keys}` })],
    [
      'no final slash, where Bun adds it',
      onGitLab({ files: bunfig(instance.slice(0, -1)), client: { name: 'bun', version: '1.4.5' } }),
    ],
    [
      'a key of a shorter path, where Bun climbs to it',
      onGitLab({
        npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN}\n`,
        client: { name: 'bun', version: '1.4.5' },
      }),
    ],
    [
      'registries of pnpm-workspace.yaml in the form that pnpm takes',
      onGitLab({
        files: { 'pnpm-workspace.yaml': `registries:\n  '@acme': ${instance}\n` },
        npmrc: keys,
        client: { name: 'pnpm', version: '10.11.0' },
      }),
    ],
    [
      'trustPolicy where missing times are ignored',
      onGitLab({
        home: { '.npmrc': `${rc.instance}${keys}` },
        files: { 'pnpm-workspace.yaml': 'trustPolicy: no-downgrade\n' },
        client: { name: 'pnpm', version: '11.24.0' },
      }),
    ],
    [
      'a lockfile of a mirror that the configuration names',
      onGitLab({
        npmrc: `${rc.instance}${keys}registry=http://localhost:4873/\n`,
        dependencies: locked,
        lock: lockfile(locked, {
          '@acme/ui': { version: '1.4.0', resolved: tarballUrl(324, '@acme/ui', '1.4.0') },
          commander: { version: '4.1.1', resolved: 'http://localhost:4873/commander/-/commander-4.1.1.tgz' },
        }),
      }),
    ],
    [
      'an empty key of another server',
      onGitLab({ npmrc: `${rc.instance}${keys}//registry.other.example/:_authToken=\n` }),
    ],
    [
      'two scopes that differ in case, each with its line',
      onGitLab({ npmrc: `${rc.instance}@Acme:registry=https://registry.other.example/\n${keys}` }),
    ],
  ] as const)('%s', async (_, world) => {
    expect((await play(world)).report).toMatchObject({ verdict: 'pass', findings: [] });
  });

  it('a refusal of GitLab itself is no page', async () => {
    const world = onGitLab({
      gitlab: friends({ version: '18.0' }).project('acme/ui', { registry: 'disabled' }),
      npmrc: `${rc.instance}${keys}`,
    });
    expect((await play(world)).report.findings.map(({ code }) => code)).toEqual(['NP304']);
  });

  it('a scope that the instance prefix can not serve is no wrong address', async () => {
    const world = onGitLab({
      gitlab: friends({ forwarding: false }).package('acme/ui', '@design/ui', '1.0.0'),
      dependencies: { '@design/ui': '^1.0.0' },
      npmrc: `@design:registry=${instance}\n${keys}`,
    });
    const { findings } = (await play(world)).report;
    expect(findings.map(({ code }) => code)).toEqual(['NP112']);
    expect(findings[0] && applyRemedy(world, findings[0])).not.toBeNull();
  });
});
