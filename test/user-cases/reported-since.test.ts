import { describe, expect, it } from 'vitest';
import { githubRc } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { inWorkflow, type Reported, tellAndMend } from './reported.ts';

const ui = '@acme/ui@^1.0.0';
const github = 'https://npm.pkg.github.com';
const withFile = (name: string, text: string) => (world: TestWorld) => ({
  ...world,
  files: { ...world.files, [name]: text },
});
const berryScope = (scope: string) =>
  `npmScopes:\n  ${scope}:\n    npmRegistryServer: "${github}"\n    npmAuthToken: "\${NODE_AUTH_TOKEN}"\n`;

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

describe.each([['a line that was to map a scope makes it private', brokenMappings]] as const)(
  '%s',
  (_, cases) => tellAndMend(cases),
);

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
