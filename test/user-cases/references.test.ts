import { describe, expect, it } from 'vitest';
import { githubTokens, onGitHub, openGitHub } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, situation, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { mended, remedyText } from './mended.ts';

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
];

describe('references that no client replaces', () => {
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
    ['$NAME in bunfig.toml of an earlier Bun', onGitLab(bunfig('$CI_JOB_TOKEN', '1.2.15'))],
  ] as const)('%s', async (_, world) => {
    expect((await play(world)).report).toMatchObject({ verdict: 'pass', findings: [] });
  });
});

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
