import { describe, expect, it } from 'vitest';
import { githubRc, githubTokens, onGitHub, openGitHub } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, rc, situation, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { mended, remedyText } from './mended.ts';
import { ownToken } from './places.ts';

const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;
const instance = `${url}/api/v4/packages/npm/`;
const onGitLab = (parts: Partial<Parameters<typeof situation>[0]>): TestWorld =>
  situation({ name: 'references', story: '', expected, gitlab: friends(), ...parts });
const inWorkflow = (parts: Partial<Parameters<typeof onGitHub>[0]>): TestWorld =>
  onGitHub({ name: 'references', story: '', expected, github: openGitHub(), ...parts });
const bunfig = (token: string, version: string, address = instance) => ({
  files: { 'bunfig.toml': `[install.scopes.acme]\ntoken = "${token}"\nurl = "${address}"\n` },
  client: { name: 'bun', version } as const,
});
const yarnrc = (token: string) => `npmScopes:
  acme:
    npmRegistryServer: "${instance}"
    npmAuthToken: "${token}"
npmPreapprovedPackages: ["@acme/*"]
`;
const fails = '@acme/ui@^1.0.0';

interface Row {
  story: string;
  world: TestWorld;
  finding: string;
  remedy: readonly (string | RegExp)[];
  /** Carries the remedy out; left out: the edits do. `null`: nothing here can. */
  carryOut?: ((world: TestWorld) => TestWorld) | null;
}

const rows: readonly Row[] = [
  {
    story: 'Bun replaces no ${NAME} in bunfig.toml, though the variable has a value',
    world: onGitLab(bunfig('${CI_JOB_TOKEN}', '1.4.5')),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['token = "$CI_JOB_TOKEN"'],
  },
  {
    story: 'the same in an earlier Bun, in a workflow',
    world: inWorkflow({
      npmrc: '',
      ...bunfig('${NODE_AUTH_TOKEN}', '1.2.15', 'https://npm.pkg.github.com/'),
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['token = "$NODE_AUTH_TOKEN"'],
  },
  {
    story: 'a reference in the middle of a token of bunfig.toml',
    world: onGitLab(bunfig('Bearer ${CI_JOB_TOKEN}', '1.4.5')),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['token = "$NAME"'],
    carryOut: null,
  },
  {
    story: 'a table of bunfig.toml that stands on one line',
    world: onGitLab({
      ...bunfig('', '1.4.5'),
      files: {
        'bunfig.toml': `[install.scopes]\nacme = { token = "\${CI_JOB_TOKEN}", url = "${instance}" }\n`,
      },
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['write token = "$CI_JOB_TOKEN" in its place'],
    carryOut: () => onGitLab(bunfig('$CI_JOB_TOKEN', '1.4.5')),
  },
  {
    story: 'the address in bunfig.toml is one',
    world: onGitLab({
      ...bunfig('$CI_JOB_TOKEN', '1.4.5', '${REGISTRY}'),
      variables: { REGISTRY: instance },
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['url = "$REGISTRY"'],
  },
  {
    story: 'the variable of bunfig.toml has no value, and this Bun sends its name',
    world: onGitLab(bunfig('$NPM_TOKEN', '1.2.15')),
    finding: `NP105 confirmed: ${fails}`,
    remedy: ['token = "$CI_JOB_TOKEN"'],
  },
  {
    story: 'the form of a workflow in .npmrc',
    world: inWorkflow({
      npmrc: `${githubRc.scope}//npm.pkg.github.com/:_authToken=\${{ secrets.NPM_TOKEN }}\n`,
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: [
      '//npm.pkg.github.com/:_authToken=${NPM_TOKEN}',
      'NPM_TOKEN has no value here: give it one: env: NPM_TOKEN: ${{ secrets.NPM_TOKEN }}',
    ],
    carryOut: (world) => ({
      ...world,
      files: {
        ...world.files,
        '.npmrc': `${githubRc.scope}//npm.pkg.github.com/:_authToken=\${NPM_TOKEN}\n`,
      },
      env: { ...world.env, NPM_TOKEN: githubTokens.workflow },
    }),
  },
  {
    story: 'a template that nothing filled in, on a GitLab whose job token is there',
    world: onGitLab({ npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken={{ACME_TOKEN}}\n` }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['_authToken=${CI_JOB_TOKEN}'],
  },
  {
    story: 'the form of PowerShell, with a variable that has a value',
    world: onGitLab({
      gitlab: friends().personalToken(ownToken, { user: 'alice' }),
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=$env:ACME_TOKEN\n`,
      variables: { ACME_TOKEN: ownToken },
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['_authToken=${ACME_TOKEN}'],
  },
  {
    story: 'a name with a dot drops the whole file in pnpm 10',
    world: onGitLab({
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${secrets.NPM_TOKEN}\n`,
      client: { name: 'pnpm', version: '10.18.0' },
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['_authToken=${CI_JOB_TOKEN}'],
  },
  {
    story: 'Yarn 1 stops at one',
    world: onGitLab({
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/packages/npm/:_authToken=\${secrets.NPM_TOKEN}\n//gitlab.example.com/api/v4/projects/:_authToken=\${CI_JOB_TOKEN}\n`,
      client: { name: 'yarn', version: '1.22.22' },
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['packages/npm/:_authToken=${CI_JOB_TOKEN}'],
  },
  {
    story: 'Yarn 4 has one in its own file',
    world: onGitLab({
      files: { '.yarnrc.yml': yarnrc('{{ACME_TOKEN}}') },
      client: { name: 'yarn-berry', version: '4.18.1' },
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['npmAuthToken: "${CI_JOB_TOKEN-}"'],
    carryOut: (world) => ({
      ...world,
      files: { ...world.files, '.yarnrc.yml': yarnrc('${CI_JOB_TOKEN-}') },
    }),
  },
  {
    story: 'bunfig.toml has one',
    world: onGitLab(bunfig('${{ secrets.ACME_TOKEN }}', '1.4.5')),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['token = "$CI_JOB_TOKEN"'],
  },
  {
    story: 'an empty fallback is none before pnpm 12',
    world: onGitLab({
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN-}\n`,
      client: { name: 'pnpm', version: '10.18.0' },
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: ['_authToken=${CI_JOB_TOKEN}'],
  },
  {
    story: 'key and mapping stand on one line, the key first',
    world: onGitLab({ npmrc: `${rc.key.trim()} ${rc.instance}` }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: [`\${CI_JOB_TOKEN}\n@acme:registry=${instance}`],
  },
  {
    story: 'a protocol stands behind the slashes of the key',
    world: onGitLab({
      npmrc: `${rc.instance}//https:${rc.key}`,
      client: { name: 'pnpm', version: '10.18.0' },
    }),
    finding: `NP109 confirmed: ${fails}`,
    remedy: [rc.key.trim()],
  },
  {
    story: 'Yarn 4 stops at a token that this job may not need',
    world: onGitLab({
      files: { '.yarnrc.yml': `npmAuthToken: "\${NPM_TOKEN}"\n${yarnrc('${CI_JOB_TOKEN-}')}` },
      client: { name: 'yarn-berry', version: '4.18.1' },
    }),
    finding: `NP105 confirmed: ${fails}`,
    remedy: ['write ${NPM_TOKEN-}'],
    carryOut: (world) => ({
      ...world,
      files: {
        ...world.files,
        '.yarnrc.yml': `npmAuthToken: "\${NPM_TOKEN-}"\n${yarnrc('${CI_JOB_TOKEN-}')}`,
      },
    }),
  },
  {
    story: 'the line has "Bearer" in front of the reference, not the variable',
    world: onGitLab({
      files: { '.yarnrc.yml': yarnrc('Bearer ${CI_JOB_TOKEN-}') },
      client: { name: 'yarn-berry', version: '4.18.1' },
    }),
    finding: `NP205 confirmed: ${fails}`,
    remedy: [
      'whoever maintains this repository',
      'let .yarnrc.yml:4 hold the reference to CI_JOB_TOKEN alone',
    ],
    carryOut: (world) => ({
      ...world,
      files: { ...world.files, '.yarnrc.yml': yarnrc('${CI_JOB_TOKEN-}') },
    }),
  },
];

it('a token between the braces of a template is told as one, and never shown', async () => {
  const { report, text } = await play(
    onGitLab({
      npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken={{glpat-abcdefghijklmnop1234}}\n`,
    }),
  );
  expect(report.findings.map(findingLine)).toEqual([`NP109 confirmed: ${fails}`, 'warning NP115 confirmed']);
  expect(text).not.toContain('abcdefghijklmnop');
});

describe('lines whose text is the fault', () => {
  it.each(rows)('$story', async ({ world, finding, remedy, carryOut }) => {
    const played = await play(world);
    const { findings } = played.report;
    expect(findings.filter(({ severity }) => severity === 'error').map(findingLine)).toEqual([finding]);
    const text = remedyText(findings);
    for (const part of remedy)
      expect(text).toEqual(expect.stringMatching(part instanceof RegExp ? part : literal(part)));
    expect(JSON.stringify(played.report)).not.toContain(githubTokens.workflow);
    if (carryOut !== null) expect((await mended(world, played, carryOut)).report.verdict).toBe('pass');
  });
});

describe('what looks like them stays silent', () => {
  it.each([
    ['$NAME in bunfig.toml', onGitLab(bunfig('$CI_JOB_TOKEN', '1.4.5'))],
    [
      'a remark behind the reference that looks like a setting',
      onGitLab({ npmrc: `${rc.instance}${rc.key.trim()} # @acme:registry=${instance}\n` }),
    ],
    [
      'a fallback with a text in pnpm 10',
      onGitLab({
        npmrc: `${rc.instance}//gitlab.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN-none}\n`,
        client: { name: 'pnpm', version: '10.18.0' },
      }),
    ],
    ['$NAME in bunfig.toml of an earlier Bun', onGitLab(bunfig('$CI_JOB_TOKEN', '1.2.15'))],
  ] as const)('%s', async (_, world) => {
    expect((await play(world)).report).toMatchObject({ verdict: 'pass', findings: [] });
  });
});

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
