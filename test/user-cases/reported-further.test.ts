import { describe, expect, it } from 'vitest';
import { githubRc, githubTokens } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { rc, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { inWorkflow, onGitLab, type Reported, tellAndMend } from './reported.ts';

const ui = '@acme/ui@^1.0.0';
const github = 'https://npm.pkg.github.com';
const instance = `${url}/api/v4/packages/npm/`;
const bun = (version: string) => ({ name: 'bun', version }) as const;
const berry = { name: 'yarn-berry', version: '4.9.1' } as const;
const token = '"${NODE_AUTH_TOKEN}"';
const scopes = `npmScopes:\n  acme:\n    npmRegistryServer: "${github}"\n`;
const berryScope = `${scopes}    npmAuthToken: ${token}\n`;
const bunfig = (name = '@acme') =>
  `[install.scopes]\n"${name}" = { token = "$NODE_AUTH_TOKEN", url = "${github}/" }\n`;
const workspace = (file: string, text: string) => ({
  'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
  'packages/a/package.json': JSON.stringify({
    name: 'a',
    version: '1.0.0',
    dependencies: { '@acme/ui': '^1.0.0' },
  }),
  [`packages/a/${file}`]: text,
});
const reference = '_authToken=${NODE_AUTH_TOKEN}';
const withFile = (name: string, text: string) => (world: TestWorld) => ({
  ...world,
  files: { ...world.files, [name]: text },
});

/** The runner's file of another registry takes the place of the one at home. */
const elsewhere = (home: string): TestWorld =>
  inWorkflow({
    npmrc: githubRc.scope,
    home: {
      '.npmrc': home,
      'work/_temp/.npmrc': '//mirror.example/:_authToken=${MIRROR_TOKEN}\nregistry=https://mirror.example/\n',
    },
    variables: { NPM_CONFIG_USERCONFIG: '/home/runner/work/_temp/.npmrc', GH_TOKEN: githubTokens.workflow },
  });

const unread: readonly Reported[] = [
  ...(
    [
      [
        'Bun looks for .bunfig.toml in the folder of XDG_CONFIG_HOME, which runners set',
        {
          client: bun('1.2.23'),
          variables: { XDG_CONFIG_HOME: '/home/runner/.config' },
          home: { '.bunfig.toml': bunfig() },
        },
        reference,
      ],
      [
        'in a project Bun reads no .bunfig.toml',
        { client: bun('1.4.5'), files: { '.bunfig.toml': bunfig() } },
        reference,
      ],
      [
        'at home Bun reads no bunfig.toml',
        { client: bun('1.4.0'), home: { 'bunfig.toml': bunfig() } },
        reference,
      ],
      [
        'Bun reads no bunfig.toml of a workspace',
        { client: bun('1.2.23'), files: workspace('bunfig.toml', bunfig()) },
        reference,
      ],
      [
        'a final e makes the file of Yarn another one',
        { client: berry, files: { '.yarnrc.yaml': berryScope } },
        'npmAuthToken: "${NODE_AUTH_TOKEN-}"',
      ],
      [
        'Yarn reads no file of a workspace from its root',
        {
          client: berry,
          files: { ...workspace('.yarnrc.yml', berryScope), '.yarnrc.yml': 'nodeLinker: node-modules\n' },
        },
        'npmAuthToken: "${NODE_AUTH_TOKEN-}"',
      ],
    ] as const
  ).map(([story, parts, line]) => ({
    story,
    world: inWorkflow({ npmrc: '', ...parts }),
    findings: [`NP107 confirmed: ${ui}`],
    remedy: [line],
    without: ['GITHUB_TOKEN'],
  })),
  {
    story: 'Yarn 4 leaves the mapping in the file of Yarn 1, and the token has to be passed',
    world: inWorkflow({
      npmrc: '',
      client: berry,
      files: { '.yarnrc': `"@acme:registry" "${github}"\n`, '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    }),
    findings: [`NP107 confirmed: ${ui}`],
    remedy: ['npmRegistryServer', 'env: GITHUB_TOKEN: ${{ github.token }}'],
    without: ['token of the workflow is not'],
    carryOut: null,
  },
  {
    story: 'the key lies at home, and setup-node made another file the one of the user',
    world: elsewhere('//npm.pkg.github.com/:_authToken=${GH_TOKEN}\n'),
    findings: [`NP107 confirmed: ${ui}`],
    remedy: ['//npm.pkg.github.com/:_authToken=${GH_TOKEN}'],
    without: ['GITHUB_TOKEN'],
  },
  {
    story: 'the same where a script wrote the token itself there',
    world: elsewhere(`//npm.pkg.github.com/:_authToken=${githubTokens.workflow}\n`),
    findings: [`NP107 confirmed: ${ui}`],
    remedy: [
      '//npm.pkg.github.com/:_authToken=${GITHUB_TOKEN}',
      'pass the token to each step that installs: env: GITHUB_TOKEN: ${{ github.token }}',
    ],
    carryOut: null,
  },
  {
    story: 'Bun 1.1.38 takes the keys of the user for the registries of that file alone',
    world: inWorkflow({
      npmrc: githubRc.scope,
      client: bun('1.1.38'),
      home: { '.npmrc': `${githubRc.scope}${githubRc.key}` },
    }),
    findings: [`NP107 confirmed: ${ui}`],
    remedy: ['before 1.1.39 Bun', `//npm.pkg.github.com/:${reference}`],
  },
  {
    story: 'the same on GitLab',
    world: onGitLab({ npmrc: rc.instance, client: bun('1.1.30'), home: { '.npmrc': rc.key } }),
    findings: [`NP107 confirmed: ${ui}`],
    remedy: [instance.replace('https:', '')],
  },
];

const names: readonly Reported[] = [
  ...['@acme:registry', '@acme/ui', 'acme/'].map((name) => ({
    story: `install.scopes of Bun names ${name}`,
    world: inWorkflow({ npmrc: '', client: bun('1.2.0'), files: { 'bunfig.toml': bunfig(name) } }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['write "@acme" in its place'],
    carryOut: withFile('bunfig.toml', bunfig()),
  })),
  {
    story: 'install.scopes of Bun names the scope in capitals',
    world: inWorkflow({ npmrc: '', client: bun('1.2.0'), files: { 'bunfig.toml': bunfig('@Acme') } }),
    findings: [`NP101 confirmed: ${ui}`],
    remedy: ['write the scope as the package has it: @acme'],
    carryOut: withFile('bunfig.toml', bunfig()),
  },
  ...(
    [
      ['the scope', 'acme', `"${github}":`],
      ['the scope with its @', '"@acme"', `"${github}":`],
      ['the host alone', '"npm.pkg.github.com"', '"//npm.pkg.github.com":'],
    ] as const
  ).map(([what, name, right]) => ({
    story: `npmRegistries of Yarn names ${what}`,
    world: inWorkflow({
      npmrc: '',
      client: { name: 'yarn-berry', version: '3.2.0' },
      files: { '.yarnrc.yml': `npmRegistries:\n  ${name}:\n    npmAuthToken: ${token}\n${scopes}` },
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [right],
  })),
  {
    story: 'the same on GitLab, with its route',
    world: onGitLab({
      client: berry,
      files: {
        '.yarnrc.yml': `npmRegistries:\n  gitlab.example.com/api/v4/packages/npm:\n    npmAuthToken: "\${CI_JOB_TOKEN}"\n${scopes.replace(github, instance)}`,
      },
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['"//gitlab.example.com/api/v4/packages/npm":'],
  },
];

describe.each([
  ['a file that the client passes over', unread],
  ['names that are looked up nowhere', names],
] as const)('%s', (_, cases) => tellAndMend(cases));

describe('what looks like them stays silent', () => {
  it.each([
    [
      'Bun 1.1.39 takes the keys of the user for all registries',
      inWorkflow({ npmrc: githubRc.scope, client: bun('1.1.39'), home: { '.npmrc': githubRc.key } }),
    ],
    [
      'Bun 1.1.38 and a file of the project that maps nothing',
      inWorkflow({
        npmrc: 'save-exact=true\n',
        client: bun('1.1.38'),
        home: { '.npmrc': `${githubRc.scope}${githubRc.key}` },
      }),
    ],
    [
      'Bun 1.1.38 and a key of the project for a registry of the user',
      inWorkflow({ npmrc: githubRc.key, client: bun('1.1.38'), home: { '.npmrc': githubRc.scope } }),
    ],
    [
      '.bunfig.toml in the folder of XDG_CONFIG_HOME',
      inWorkflow({
        npmrc: '',
        client: bun('1.2.23'),
        variables: { XDG_CONFIG_HOME: '/home/runner/.config' },
        home: { '.config/.bunfig.toml': bunfig() },
      }),
    ],
    [
      'a scope of a workspace that nothing asks for',
      inWorkflow({
        npmrc: '',
        client: berry,
        dependencies: { 'left-pad': '^1.3.0' },
        files: { '.yarnrc.yml': 'nodeLinker: node-modules\n', '.yarnrc.yaml': berryScope },
      }),
    ],
    [
      'an entry of npmRegistries without a credential beside the right one',
      inWorkflow({
        npmrc: '',
        client: berry,
        files: {
          '.yarnrc.yml': `npmRegistries:\n  "//npm.pkg.github.com":\n    npmAuthToken: ${token}\n  acme:\n    npmAlwaysAuth: true\n${scopes}`,
        },
      }),
    ],
  ] as const)('%s', async (_, world) => {
    const { report } = await play(world);
    expect({ verdict: report.verdict, findings: report.findings.map(findingLine) }).toEqual({
      verdict: 'pass',
      findings: [],
    });
  });
});
