import { describe, expect, it } from 'vitest';
import { routeFault } from '../../src/clients/npmrc/gitlab-registry.ts';
import type { Finding } from '../../src/domain/report.ts';
import { freePort, serve } from '../io/support/servers.ts';
import { applyRemedy } from '../scenarios/apply-remedy.ts';
import { githubRc, githubTokens } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { publishSituation } from '../scenarios/publish-situation.ts';
import { friends, rc, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { remedyText } from './mended.ts';
import { inWorkflow, onGitLab, type Reported, tellAndMend } from './reported.ts';

const ui = '@acme/ui@^1.0.0';
const github = 'https://npm.pkg.github.com';
const withFile = (name: string, text: string) => (world: TestWorld) => ({
  ...world,
  files: { ...world.files, [name]: text },
});
const berryScope = (scope: string) =>
  `npmScopes:\n  ${scope}:\n    npmRegistryServer: "${github}"\n    npmAuthToken: "\${NODE_AUTH_TOKEN}"\n`;

const instance = `${url}/api/v4/packages/npm/`;
const instanceKey = '//gitlab.example.com/api/v4/packages/npm/:_authToken=';
const tarballs = '//gitlab.example.com/api/v4/projects/:_authToken=${CI_JOB_TOKEN}\n';
const keys = `${instanceKey}\${CI_JOB_TOKEN}\n${tarballs}`;
const locked = '@acme/ui@1.4.0';
const berryGitLab = (token: string) =>
  `npmScopes:\n  acme:\n    npmRegistryServer: "${instance}"\n    npmAuthToken: "${token}"\n`;

type Passing = NonNullable<TestWorld['passage']>;
const plain = 'http://gitlab.example.com';
const closed = async () => `http://127.0.0.1:${await freePort()}`;
const toHttps = async () =>
  (
    await serve(({ url: path = '' }, response) =>
      response.writeHead(301, { location: `${url}${path}` }).end(),
    )
  ).url;
/** Sends whoever asks an origin to GitLab, under the same path. */
const redirecting =
  (origin: string): Passing =>
  async (gitlab) => ({ origin: new URL(gitlab.url).origin, origins: { [origin]: await toHttps() } });
/** GitLab takes http for its own protocol; `behind` answers there. */
const namingByHttp =
  (behind: () => Promise<string>): Passing =>
  async (gitlab) => {
    const { origin } = new URL(gitlab.url);
    const server = await serve(async (request, response) => {
      const { authorization = '' } = request.headers;
      const answer = await fetch(`${origin}${request.url}`, { headers: { authorization } });
      const type = answer.headers.get('content-type') ?? '';
      const body = Buffer.from(await answer.arrayBuffer());
      response
        .writeHead(answer.status, { 'content-type': type })
        .end(type.includes('json') ? body.toString().replaceAll(url, plain) : body);
    });
    return { origin: server.url, origins: { [plain]: await behind() } };
  };

const brokenMappings: readonly Reported[] = [
  ...(
    [
      ['a dot for the colon', `@acme.registry=${github}`],
      ['a letter out of place', `@acme:regsitry=${github}`],
      ['no @ in front of the scope', `acme:registry=${github}`],
      ['two of them', `@@acme:registry=${github}`],
      ['a blank in place of the equals sign', `@acme:registry ${github}`],
      ['the command that would set it', `npm config set @acme:registry ${github}`],
      ['the option of a command', `--@acme:registry=${github}`],
      ['a line that is written for a shell', `export @acme:registry=${github}`],
      ['the name of the package in place of the scope', `@acme/ui:registry=${github}`],
    ] as const
  ).map(([story, line]) => ({
    story: `a workflow maps the scope by ${story}`,
    world: inWorkflow({ npmrc: `${line}\n${githubRc.key}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${github}`],
  })),
  {
    story: 'a workflow maps the scope by its name alone',
    world: inWorkflow({ npmrc: `@acme=${github}\n${githubRc.key}` }),
    findings: [`NP101 confirmed: ${ui}`],
    remedy: [`@acme:registry=${github}`],
  },
  {
    story: 'a section hides the lines of a workflow',
    world: inWorkflow({ npmrc: `[default]\n${githubRc.scope}${githubRc.key}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['take the line out'],
    carryOut: withFile('.npmrc', `${githubRc.scope}${githubRc.key}`),
  },
  {
    story: 'npmScopes of a workflow names the scope with its @',
    world: inWorkflow({
      npmrc: '',
      files: { '.yarnrc.yml': berryScope('"@acme"') },
      client: { name: 'yarn-berry', version: '4.9.1' },
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['acme:'],
    carryOut: withFile('.yarnrc.yml', berryScope('acme')),
  },
];

const unsetAddress = (npmrc: string, client: { name: 'npm' | 'yarn' | 'pnpm'; version: string }) =>
  onGitLab({ npmrc, client, variables: { GROUP_ID: null } });
const groupLine = `@acme:registry=${url}/api/v4/groups/\${GROUP_ID}/-/packages/npm/\n`;

const references: readonly Reported[] = [
  ...(
    [
      ['npm', '10.9.2'],
      ['yarn', '1.22.22'],
      ['pnpm', '9.15.9'],
    ] as const
  ).map(([name, version]) => ({
    story: `the group in the address is a variable without a value, with ${name}`,
    world: unsetAddress(`${groupLine}${rc.key}${tarballs}`, { name, version }),
    findings: [`NP105 confirmed: ${ui}`],
    remedy: ['GROUP_ID'],
    without: ['role Reporter'],
    carryOut: null,
  })),
  {
    story: 'Yarn 4 sends the text that stands for a variable without a value',
    world: onGitLab({
      files: { '.yarnrc.yml': berryGitLab('${GL_TOKEN:-none}') },
      client: { name: 'yarn-berry', version: '4.9.1' },
    }),
    findings: [`NP105 confirmed: ${ui}`],
    remedy: ['give GL_TOKEN a value', '${CI_JOB_TOKEN-}'],
    without: ['literal token'],
    carryOut: (world) => ({ ...world, env: { ...world.env, GL_TOKEN: world.env.CI_JOB_TOKEN ?? '' } }),
  },
  {
    story: 'the same in a workflow, with a long name',
    world: inWorkflow({
      npmrc: '',
      variables: { NODE_AUTH_TOKEN: null },
      files: {
        '.yarnrc.yml': berryScope('acme').replace(
          '${NODE_AUTH_TOKEN}',
          '${GITHUB_NPM_REGISTRY_TOKEN:-fallback}',
        ),
      },
      client: { name: 'yarn-berry', version: '4.9.1' },
    }),
    findings: [`NP105 confirmed: ${ui}`],
    remedy: ['env: GITHUB_NPM_REGISTRY_TOKEN: ${{ github.token }}'],
    carryOut: (world) => ({
      ...world,
      env: { ...world.env, GITHUB_NPM_REGISTRY_TOKEN: githubTokens.workflow },
    }),
  },
  ...(
    [
      ['a backslash in front of the reference, as a script keeps it', '\\${CI_JOB_TOKEN}'],
      ['the name of the field twice', '_authToken=${CI_JOB_TOKEN}'],
      ['a reference without its last brace', '${CI_JOB_TOKEN'],
      ['a bracket for the last brace', '${CI_JOB_TOKEN)'],
      ['one quote in front', '"${CI_JOB_TOKEN}'],
      ['the word token in front', 'token ${CI_JOB_TOKEN}'],
    ] as const
  ).map(([story, value]) => ({
    story,
    world: onGitLab({ npmrc: `${rc.instance}${instanceKey}${value}\n${tarballs}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`${instanceKey}\${CI_JOB_TOKEN}`],
    without: ['revoke'],
  })),
];

const addresses: readonly Reported[] = [
  {
    story: 'the route of a project has the dash of a group',
    world: onGitLab({
      npmrc: `@acme:registry=${url}/api/v4/projects/324/-/packages/npm/\n${rc.key}${tarballs}`,
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${url}/api/v4/projects/324/packages/npm/`],
    without: ['%2F'],
  },
  {
    story: 'the route has npm behind the API and no packages',
    world: onGitLab({ npmrc: `@acme:registry=${url}/api/v4/npm/\n${rc.key}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${instance}`],
  },
  ...(
    [
      ['the route of another kind of packages', 'projects/324/packages/pypi/', 'projects/324/packages/npm/'],
      ['a package behind the route', 'packages/npm/@acme/ui', 'packages/npm/'],
      ['half the route behind the path', 'projects/acme%2Fui/npm/', 'projects/acme%2Fui/packages/npm/'],
      ['a query behind the route', 'projects/324/packages/npm/?x=1', 'projects/324/packages/npm/'],
    ] as const
  ).map(([story, route, wanted]) => ({
    story,
    world: onGitLab({ npmrc: `@acme:registry=${url}/api/v4/${route}\n${rc.key}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${url}/api/v4/${wanted}`],
    without: ['%2Fpackages', '%2Fnpm'],
  })),
  {
    story: 'the repository of the project stands for its registry',
    world: onGitLab({ npmrc: `@acme:registry=${url}/acme/ui.git\n${rc.key}` }),
    findings: [`NP407 confirmed: ${ui}`],
    remedy: [`@acme:registry=${url}/api/v4/projects/acme%2Fui/packages/npm/`],
    without: ['_authToken'],
    carryOut: null,
  },
  {
    story: 'the line is copied with the words that stand for the id of the project',
    world: onGitLab({
      npmrc: `@acme:registry=${url}/api/v4/projects/<your_project_id>/packages/npm/\n${rc.key}${tarballs}`,
    }),
    findings: [`NP305 confirmed: ${ui}`],
    remedy: ['found at the instance prefix', `@acme:registry=${instance}`],
  },
  {
    story: 'the registry line names the host from which the server has moved',
    world: onGitLab({
      npmrc: `@acme:registry=https://git.old.example/api/v4/packages/npm/\n//git.old.example/api/v4/:_authToken=\${CI_JOB_TOKEN}\n${rc.key}`,
      passage: redirecting('https://git.old.example'),
    }),
    findings: [`NP407 confirmed: ${ui}`],
    remedy: [`@acme:registry=${instance}`, 'git.old.example has moved there'],
  },
  {
    story: 'GitLab behind a proxy names its tarballs by http, where nobody answers',
    world: onGitLab({ npmrc: `${rc.instance}${keys}`, passage: namingByHttp(closed) }),
    findings: [`NP402 confirmed: ${locked}`],
    remedy: ['external_url', 'X-Forwarded-Proto'],
    without: ['check protocol and port of the registry URL'],
    says: ['the metadata of gitlab.example.com names the tarball at http://gitlab.example.com'],
    carryOut: ({ passage: _, ...world }) => world,
  },
  {
    story: 'the same with Yarn 4, which asks no http',
    world: onGitLab({
      files: { '.yarnrc.yml': berryGitLab('${CI_JOB_TOKEN-}') },
      client: { name: 'yarn-berry', version: '4.9.1' },
      passage: namingByHttp(closed),
    }),
    findings: [`NP119 confirmed: ${locked}`],
    remedy: ['external_url'],
    carryOut: ({ passage: _, ...world }) => world,
  },
  {
    story: 'the same with Bun, where http leads to https and the token is lost on the way',
    world: onGitLab({
      npmrc: `${rc.instance}${keys}`,
      client: { name: 'bun', version: '1.4.5' },
      passage: namingByHttp(toHttps),
    }),
    findings: [`NP103 possible: ${locked}`],
    remedy: ['external_url'],
    without: ['NPM_TOKEN'],
    carryOut: ({ passage: _, ...world }) => world,
  },
];

it('a project that is called npm keeps its path', () => {
  expect(routeFault(`${url}/api/v4/projects/acme/npm/`)).toBeNull();
});

const throughVariable = (line: string, value: string, parts: Partial<Parameters<typeof onGitLab>[0]> = {}) =>
  onGitLab({ npmrc: `@acme:registry=${line}\n${keys}`, variables: { NPM_HOST: value }, ...parts });
const variables: readonly Reported[] = [
  ...(
    [
      [
        'a host alone',
        '${NPM_HOST}/api/v4/packages/npm/',
        'gitlab.example.com',
        'write https://${NPM_HOST}',
        url,
      ],
      [
        'an address behind https://',
        'https://${NPM_HOST}/api/v4/packages/npm/',
        url,
        'take https:// out in front of ${NPM_HOST}',
        'gitlab.example.com',
      ],
      ['an address with a blank behind it', '${NPM_HOST}', `${instance} `, 'when it was pasted', instance],
      ['an address in quotes', '${NPM_HOST}', `"${instance}"`, 'quotes around a value', instance],
      [
        'a reference that nothing replaces',
        '${NPM_HOST}',
        '${CI_API_V4_URL}/packages/npm/',
        'nothing replaces a reference inside of a value',
        instance,
      ],
    ] as const
  ).map(([story, line, value, step, mended]) => ({
    story: `the variable in the address holds ${story}`,
    world: throughVariable(line, value),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [step],
    without: ['DNS'],
    carryOut: (world: TestWorld) => ({ ...world, env: { ...world.env, NPM_HOST: mended } }),
  })),
  {
    story: 'the same with Yarn 4',
    world: throughVariable('', url, {
      files: {
        '.yarnrc.yml': berryGitLab('${CI_JOB_TOKEN-}').replace(url, 'https://${NPM_HOST}'),
      },
      client: { name: 'yarn-berry', version: '4.9.1' },
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['take https:// out in front of ${NPM_HOST}'],
    carryOut: (world) => ({ ...world, env: { ...world.env, NPM_HOST: 'gitlab.example.com' } }),
  },
  {
    story: 'npm ends at a default registry of a host alone',
    world: throughVariable('', 'gitlab.example.com', {
      npmrc: `registry=\${NPM_HOST}/api/v4/packages/npm/\n${keys}`,
    }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['write https://${NPM_HOST}'],
    carryOut: null,
  },
  {
    story: 'https:// stands in front of an address of the job that has it',
    world: onGitLab({ npmrc: `@acme:registry=https://\${CI_API_V4_URL}/packages/npm/\n${keys}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['@acme:registry=${CI_API_V4_URL}/packages/npm/'],
    without: ['DNS'],
  },
  {
    story: 'https:// stands in front of the address twice',
    world: inWorkflow({ npmrc: `@acme:registry=https://${github}\n${githubRc.key}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${github}`],
    without: ['DNS'],
  },
];

const publishing = (parts: Partial<Parameters<typeof publishSituation>[0]>) =>
  publishSituation({
    name: 'reported-publish',
    story: '',
    expected: { verdict: 'fail', exitCode: 1, findings: [] },
    gitlab: friends(),
    ...parts,
  });
const kit = '@acme/shop-kit@1.1.0';
const own = `${url}/api/v4/projects/512/packages/npm/`;
const publishTo = (registry: string, key = '@acme:registry') =>
  publishing({ manifest: { publishConfig: { [key]: registry } } });
const published: readonly Reported[] = [
  ...(
    [
      [
        'references, which nothing replaces there',
        '${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/packages/npm/',
      ],
      ['a reference without braces', '$CI_API_V4_URL/projects/512/packages/npm/'],
      ['no https://', own.replace('https://', '')],
      ['https:// twice', `https://${own}`],
      ['no route behind the project', `${url}/api/v4/projects/512/`],
      ['the repository of the project', `${url}/acme/shop.git`],
      ['its page of packages', `${url}/acme/shop/-/packages`],
    ] as const
  ).map(([story, registry]) => ({
    story: `publishConfig has ${story}`,
    world: publishTo(registry),
    findings: [`NP109 confirmed: ${kit}`],
    remedy: [`npm pkg set "publishConfig.@acme:registry=${own}"`],
    without: ['_authToken'],
  })),
  {
    story: 'publishConfig of a package for Yarn 4 has references',
    world: {
      ...publishTo('${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/packages/npm/', 'registry'),
      client: { name: 'yarn-berry', version: '4.9.1' },
    },
    findings: [`NP109 confirmed: ${kit}`],
    remedy: [`npm pkg set "publishConfig.registry=${own}"`],
    carryOut: null,
  },
  {
    story: 'publishConfig refers to a variable that GitLab does not give',
    world: publishTo('${NPM_REGISTRY}'),
    findings: [`NP109 confirmed: ${kit}`],
    remedy: ['map the scope in the job that publishes'],
    without: ['npm pkg set'],
    carryOut: null,
  },
  {
    story: 'what is published goes to the route of another kind of packages',
    world: publishing({
      manifest: { publishConfig: {} },
      npmrc: `@acme:registry=${url}/api/v4/projects/512/packages/pypi/\n${tarballs}`,
    }),
    findings: [`NP109 confirmed: ${kit}`],
    remedy: [`@acme:registry=${own}`],
    without: ['_authToken'],
  },
  {
    story: 'what is published goes to a project whose variable has no value',
    world: publishing({
      manifest: { publishConfig: {} },
      npmrc: `@acme:registry=${url}/api/v4/projects/\${PROJECT}/packages/npm/\n${tarballs}`,
    }),
    findings: [`NP105 confirmed: ${kit}`],
    remedy: ['PROJECT'],
    without: ['_authToken'],
    carryOut: (world) => ({ ...world, env: { ...world.env, PROJECT: '512' } }),
  },
  {
    story: 'what is published goes to a host without https://, in a variable',
    world: publishing({
      manifest: { publishConfig: {} },
      npmrc: `@acme:registry=\${NPM_HOST}/api/v4/projects/512/packages/npm/\n${tarballs}`,
      variables: { NPM_HOST: 'gitlab.example.com' },
    }),
    findings: [`NP109 confirmed: ${kit}`],
    remedy: ['write https://${NPM_HOST}'],
    carryOut: (world) => ({ ...world, env: { ...world.env, NPM_HOST: url } }),
  },
];

const secret = 'npm_Wb4Xs9QmT2kLr7VhYc3Zd8Jf5Ng1Pa6Ue';
it.each([
  `https://${own.replace('https://', `https://ci:${secret}@`)}`,
  `ci:${secret}@gitlab.example.com/api/v4/projects/512/packages/npm/`,
  `gitlab.example.com/?private_token=${secret}`,
  `${url}/api/v4/projects/512/?private_token=${secret}`,
  `\${${secret}}`,
  secret,
])('a token in the address to which is published is never shown: %s', async (registry) => {
  const { report, text, json } = await play(publishTo(registry));
  expect(report.findings.map(findingLine)).toEqual([`NP109 confirmed: ${kit}`]);
  expect(text + json).not.toContain(secret);
});

it('an address that its variable holds well is not blamed for a token that is refused', async () => {
  const { report } = await play(
    throughVariable('${NPM_HOST}', instance, {
      variables: { NPM_HOST: instance, CI_JOB_TOKEN: 'glcbt-64_over' },
    }),
  );
  expect(report.findings.map(findingLine)).toEqual([`NP202 confirmed: ${ui}`]);
});

describe.each([
  ['a line that was to map a scope makes it private', brokenMappings],
  ['references to variables', references],
  ['addresses', addresses],
  ['addresses in variables', variables],
  ['what is published', published],
] as const)('%s', (_, cases) => tellAndMend(cases));

const fork = 'github:someone/some-fork';
const withFork = (npm: string, more = '', dependencies: Record<string, string> = { 'some-fork': fork }) =>
  onGitLab({
    npm,
    npmrc: `${rc.project}${tarballs}${more}`,
    dependencies: { '@acme/ui': '^1.0.0', ...dependencies },
  });

describe('npm 12 fetches nothing from git, nor from a URL', () => {
  it.each([
    ['git', withFork('12.2.0'), `some-fork@${fork}`, 'allow-git=root'],
    [
      'a URL',
      withFork('12.0.0', '', { 'jq-web': 'https://files.example/jq-web-0.8.8.tgz' }),
      'jq-web@https://files.example/jq-web-0.8.8.tgz',
      'allow-remote=root',
    ],
    [
      'git, as a line of the project says',
      withFork('12.2.0', 'allow-git=none\n'),
      `some-fork@${fork}`,
      'allow-git=root',
    ],
  ] as const)('%s', async (_, world, label, line) => {
    const { report, text } = await play(world);
    expect(report.findings.map(findingLine)).toEqual([`warning NP117 confirmed: ${label}`]);
    expect(text).toContain('the whole install ends there');
    expect(remedyText(report.findings)).toContain(line);
    const after = await play(applyRemedy(world, report.findings[0] as Finding) ?? world);
    expect(after.report.findings).toEqual([]);
  });

  it.each([
    ['npm 11 does', withFork('11.16.0')],
    ['where a line allows it', withFork('12.2.0', 'allow-git=all\n')],
    ['where it allows what the project itself names', withFork('12.2.0', 'allow-git=root\n')],
  ] as const)('%s', async (_, world) => {
    expect((await play(world)).report).toMatchObject({ verdict: 'pass', findings: [] });
  });
});

describe('a server that refuses a token and asks for a password', () => {
  const far = 'https://nexus.example/repository/npm/';
  const asking = (challenge: string | null) =>
    inWorkflow({
      npmrc: `@acme:registry=${far}\n//nexus.example/repository/npm/:_authToken=\${NPM_TOKEN}\n`,
      variables: { NPM_TOKEN: 'NpmToken.7df64d66-1111-2222-3333-444444444444' },
      passage: async (gitlab) => {
        const server = await serve((_, response) => {
          const headers = challenge === null ? {} : { 'www-authenticate': challenge };
          response.writeHead(401, { ...headers, 'content-type': 'application/json' }).end('{}');
        });
        return { origin: new URL(gitlab.url).origin, origins: { 'https://nexus.example': server.url } };
      },
    });
  it('may take no tokens: Nexus has a realm for them', async () => {
    const { findings } = (await play(asking('BASIC realm="Sonatype Nexus Repository Manager"'))).report;
    expect(findings.map(findingLine)).toEqual([`NP202 possible: ${ui} | token-kind-unsupported`]);
    expect(remedyText(findings)).toContain('npm Bearer Token Realm');
    expect(remedyText(findings)).toContain('//nexus.example/repository/npm/:_auth=${NAME}');
  });
  it.each([['it asks for a token'], ['it asks for nothing']] as const)(
    'is told of no password where %s',
    async (what) => {
      const { findings } = (await play(asking(what === 'it asks for nothing' ? null : 'Bearer realm="npm"')))
        .report;
      expect(findings.map(findingLine)).toEqual([`NP202 possible: ${ui}`]);
      expect(remedyText(findings)).not.toContain('Realm');
    },
  );
});

it('Yarn 4 keeps the token of the home folder back from unscoped packages, which differs from no address', async () => {
  const far = 'https://nexus.example/repository/npm';
  const token = 'NpmToken.7df64d66-1111-2222-3333-444444444444';
  const inHome = `npmRegistries:\n  "${far}":\n    npmAuthToken: ${token}\n`;
  const { report } = await play(
    onGitLab({
      client: { name: 'yarn-berry', version: '4.0.2' },
      dependencies: { 'acme-lib': '^1.0.0' },
      files: { '.yarnrc.yml': `npmAlwaysAuth: true\nnpmRegistryServer: "${far}/"\n` },
      home: { '.yarnrc.yml': inHome },
      passage: async (gitlab) => {
        const server = await serve((_, response) => response.writeHead(401).end('{}'));
        return { origin: new URL(gitlab.url).origin, origins: { 'https://nexus.example': server.url } };
      },
    }),
  );
  expect(report.findings.map(findingLine)).toEqual(['NP102 confirmed: acme-lib@^1.0.0']);
  expect(report.findings[0]?.title).toMatch(
    /yarn-berry sends that of .*yarnrc\.yml:3 for unscoped packages only with npmAlwaysAuth beside it$/,
  );
  expect(remedyText(report.findings)).toContain('npmAlwaysAuth: true');
});

it('Yarn 1 publishes past the scope of publishConfig, and that is said', async () => {
  const { text } = await play(
    publishSituation({
      name: 'publish-config-of-scope',
      story: '',
      expected: { verdict: 'pass', exitCode: 0, findings: [] },
      gitlab: friends(),
      client: { name: 'yarn', version: '1.22.22' },
    }),
  );
  expect(text).toContain(
    '@acme/shop-kit goes to the public registry, which is not asked: yarn 1.22.22 does not read publishConfig.@acme:registry',
  );
});

describe('what looks like them stays silent', () => {
  it.each([
    [
      'a broken line for a mirror without a key',
      inWorkflow({
        npmrc: `@acme.registry=https://mirror.example/npm/\n${githubRc.key}`,
      }),
      ['warning NP109 confirmed'],
    ],
    [
      'a broken line for a scope of which nothing is asked for',
      inWorkflow({ npmrc: `${githubRc.scope}${githubRc.key}@other.registry=${github}\n` }),
      ['warning NP109 confirmed'],
    ],
    [
      'a fallback that the server takes',
      onGitLab({
        files: { '.yarnrc.yml': berryGitLab('${GL_TOKEN:-glcbt-64_demo-job-token-of-acme-shop}') },
        client: { name: 'yarn-berry', version: '4.9.1' },
      }),
      [],
    ],
    [
      'a setting of a scope that is no address',
      inWorkflow({ npmrc: `${githubRc.scope}${githubRc.key}@acme:registration=open\n` }),
      [],
    ],
  ] as const)('%s', async (_, world, findings) => {
    const { report } = await play(world);
    expect(report).toMatchObject({ verdict: 'pass' });
    expect(report.findings.map(findingLine)).toEqual(findings);
  });
});
