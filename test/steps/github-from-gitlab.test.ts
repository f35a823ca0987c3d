import { describe, expect, it } from 'vitest';
import { githubLock, githubTokens, openGitHub } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { rc, situation, strangers } from '../scenarios/situation.ts';

const github = openGitHub().classicToken(githubTokens.classic, { user: 'alice' }).reader('@acme/ui', 'alice');
const key = '//npm.pkg.github.com/:_authToken=${NPM_TOKEN}\n';

/** A job of acme/shop on GitLab, whose `@acme/ui` is GitHub's, with these lines. */
async function found(npmrc: string, part: { command?: 'run' | 'verify'; locked?: boolean } = {}) {
  const { command = 'verify', locked = false } = part;
  const { report } = await play(
    situation({
      name: 'packages of GitHub',
      story: 'the root namespace of the job has the name of an owner on GitHub',
      gitlab: strangers(),
      github,
      npmrc,
      command,
      variables: { NPM_TOKEN: githubTokens.classic },
      expected: { verdict: 'pass', exitCode: 0, findings: [] },
      ...(locked ? { lock: githubLock(github) } : {}),
    }),
  );
  const [finding] = report.findings;
  const lines = finding?.remedy.edit?.after?.split('\n');
  return {
    verdict: report.verdict,
    findings: report.findings.map(findingLine),
    scopes: report.scopes.map(({ registry }) => registry),
    lines,
  };
}

describe('a job of GitLab whose packages lie on GitHub', () => {
  it.each(['run', 'verify'] as const)(
    'lacks line and key of GitHub where the lockfile leads there (%s)',
    async (command) => {
      const { findings, scopes, lines } = await found('', { locked: true, command });
      expect(findings).toEqual(['NP102 confirmed: @acme/ui@1.4.0']);
      expect(scopes).toEqual([]);
      expect(lines?.[0]).toBe(
        command === 'verify' ? '@acme:registry=https://npm.pkg.github.com/' : undefined,
      );
    },
  );

  it('keeps a default registry on GitHub, which works', async () => {
    const { verdict, scopes } = await found(`registry=https://npm.pkg.github.com/\n${key}`, {
      command: 'run',
    });
    expect([verdict, scopes]).toEqual(['pass', []]);
  });

  it('is told of a line that has the scope in other letters', async () => {
    const { findings, lines } = await found(`@Acme:registry=https://npm.pkg.github.com/\n${key}`, {
      command: 'run',
    });
    expect(findings).toEqual(['NP101 confirmed: @acme/ui@^1.0.0']);
    expect(lines).toEqual(['@acme:registry=https://npm.pkg.github.com/']);
  });
});

describe('a job of GitLab whose packages lie on its own', () => {
  const own = 'https://gitlab.example.com/api/v4/packages/npm/';

  it.each([['registry=https://npm.mirror.test/\n'], [rc.instance.replace('@acme', '@Acme')], [key]])(
    'maps them there with %j',
    async (npmrc) => {
      expect((await found(npmrc, { command: 'run' })).scopes).toEqual([own]);
    },
  );
});
