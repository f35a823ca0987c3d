import { describe, expect, it } from 'vitest';
import { routeFault } from '../../src/clients/npmrc/gitlab-registry.ts';
import { githubRc, githubTokens } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { publishSituation } from '../scenarios/publish-situation.ts';
import { friends, rc, strangers, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { inWorkflow, onGitLab, type Reported, tellAndMend } from './reported.ts';

const ui = '@acme/ui@^1.0.0';
const withFile = (name: string, text: string) => (world: TestWorld) => ({
  ...world,
  files: { ...world.files, [name]: text },
});

const empty: readonly Reported[] = [
  {
    story: 'the secret is one of an environment that the job does not name',
    world: inWorkflow({ variables: { NODE_AUTH_TOKEN: '' } }),
    findings: [`NP105 confirmed: ${ui}`],
    remedy: ['a secret of an environment reaches jobs with that environment: alone'],
    carryOut: (world) => ({ ...world, env: { ...world.env, NODE_AUTH_TOKEN: githubTokens.workflow } }),
  },
  {
    story: 'the deploy token belongs to a group, where GitLab sets no variables of it',
    world: onGitLab({ npmrc: `${rc.instance}${rc.key.replace('CI_JOB_TOKEN', 'CI_DEPLOY_PASSWORD')}` }),
    findings: [`NP105 confirmed: ${ui}`],
    remedy: [
      'a deploy token of the name gitlab-deploy-token: one of a group, or of another name, sets nothing',
    ],
  },
];

const ages = [
  ['11.10.0', 'min-release-age=7d'],
  ['12.2.0', 'min-release-age=1 week'],
  ['10.9.2', 'before=yesterday'],
] as const;
const aged = (npm: string, line: string) =>
  inWorkflow({ npm, npmrc: `${githubRc.scope}${githubRc.key}${line}\n` });
const stopped: readonly Reported[] = ages.map(([version, line]) => ({
  story: `npm ${version} ends at ${line}`,
  world: aged(version, line),
  findings: [`NP109 confirmed: ${ui}`],
  remedy: ['min-release-age takes days as a number alone (7, not 7d)'],
  carryOut: () => aged(version, 'min-release-age=7'),
}));

const deploy = 'gldt-demo_deploy_token_0000000';
const prefixes: readonly Reported[] = [
  {
    story: 'a deploy token reads the metadata, and the job itself may not read the project',
    world: onGitLab({
      gitlab: strangers().deployToken(deploy, { project: 'acme/ui', scopes: ['read_package_registry'] }),
      client: { name: 'pnpm', version: '9.15.9' },
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/packages/npm/:_authToken=\${NPM_TOKEN}\n`,
      variables: { NPM_TOKEN: deploy },
    }),
    findings: ['NP103 confirmed: @acme/ui@1.4.0'],
    remedy: ['projects/324/packages/npm/:_authToken=${NPM_TOKEN}'],
    without: ['CI_JOB_TOKEN'],
  },
];

const github = 'https://npm.pkg.github.com/';
const inBunfig = (text: string) =>
  inWorkflow({
    npmrc: '',
    client: { name: 'bun', version: '1.2.15' },
    files: { 'bunfig.toml': text },
  });
const scoped = (address = 'url') => `"@acme" = { token = "$NODE_AUTH_TOKEN", ${address} = "${github}" }\n`;
const mapped = () => inBunfig(`[install.scopes]\n${scoped()}`);
const strays: readonly Reported[] = [
  {
    story: 'bunfig.toml has its scopes in a table of another name',
    world: inBunfig(`[scopes]\n${scoped()}`),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['let the table be [install.scopes]'],
    carryOut: mapped,
  },
  {
    story: 'bunfig.toml says registry where Bun knows url',
    world: inBunfig(`[install.scopes]\n${scoped('registry')}`),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: ['write url in the place of registry'],
    carryOut: mapped,
  },
  ...['@acmeregistry', '@acme: registry', 'registry:@acme'].map((key) => ({
    story: `a line maps ${key}`,
    world: inWorkflow({ npmrc: `${key}=${github}\n${githubRc.key}` }),
    findings: [`NP109 confirmed: ${ui}`],
    remedy: [`@acme:registry=${github}`],
  })),
  {
    story: 'the owner stands behind the registry with its @',
    world: inWorkflow({ npmrc: `@acme:registry=${github}@acme/\n${githubRc.key}` }),
    findings: [`NP120 confirmed: ${ui}`],
    remedy: [`@acme:registry=${github}`],
  },
];

const kit = '@acme/shop-kit@1.1.0';
const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;
const publishing = (parts: Partial<Parameters<typeof publishSituation>[0]>) =>
  publishSituation({
    name: 'reported-publish',
    story: '',
    expected,
    gitlab: friends(),
    manifest: { publishConfig: undefined },
    ...parts,
  });
const own = `${url}/api/v4/projects/512/packages/npm/`;
const ownKey = `${own.replace('https:', '')}:_authToken=\${CI_JOB_TOKEN}\n`;
const ofMember = {
  'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
  'packages/kit/package.json': JSON.stringify({ name: '@acme/shop-kit', version: '1.1.0' }),
  'packages/kit/.npmrc': `@acme:registry=${own}\n${ownKey}`,
};
const published: readonly Reported[] = [
  {
    story: 'nothing names the registry, so that npm takes the public one',
    world: publishing({}),
    findings: [`NP101 confirmed: ${kit}`],
    remedy: [`npm pkg set "publishConfig.@acme:registry=${own}"`],
    carryOut: withFile(
      'package.json',
      JSON.stringify({
        name: '@acme/shop-kit',
        version: '1.1.0',
        publishConfig: { '@acme:registry': own },
      }),
    ),
  },
  {
    story: 'the registry of what is published stands in the file of a workspace',
    world: publishing({ npmrc: '', files: ofMember }),
    findings: [`NP107 confirmed: ${kit}`],
    remedy: [`@acme:registry=${own}`, ownKey.trim()],
  },
];

describe.each([
  ['what is published', published],
  ['variables', empty],
  ['ages of releases', stopped],
  ['the key of the tarball', prefixes],
  ['registries of scopes', strays],
] as const)('%s', (_, cases) => tellAndMend(cases));

it('takes the proxy of GitLab for no broken route', () => {
  expect(routeFault(`${url}/api/v4/projects/512/dependency_proxy/packages/npm/`)).toBeNull();
});

describe('what looks like them stays silent', () => {
  it.each([
    [
      'a package that a token of the public registry publishes',
      publishing({ variables: { NPM_TOKEN: 'npm_token-of-the-registry' } }),
    ],
    [
      'one of another scope than that of the root group',
      publishing({ manifest: { name: '@tools/kit', publishConfig: undefined } }),
    ],
    [
      'a table of Bun for scopes that has no address',
      inBunfig(`[scopes]\nacme = true\n[install.scopes]\n${scoped()}`),
    ],
    [
      'a scope of Bun that is an address alone',
      withFile('.npmrc', githubRc.key)(inBunfig(`[install.scopes]\nacme = "${github}"\n`)),
    ],
    ['an age that is a number', aged('11.10.0', 'min-release-age=7')],
    ['an empty age', aged('12.2.0', 'min-release-age=')],
    ['an age that npm does not know yet', aged('11.8.0', 'min-release-age=7d')],
    ['a date', aged('10.9.2', 'before=2099-01-01')],
  ] as const)('%s', async (_, world) => {
    const { report } = await play(world);
    expect({ verdict: report.verdict, findings: report.findings.map(findingLine) }).toEqual({
      verdict: 'pass',
      findings: [],
    });
  });
});
