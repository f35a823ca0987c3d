import { describe, expect, it } from 'vitest';
import { githubRc, onGitHub, openGitHub } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';

/** What is found in a job with Bun whose files are these. */
async function found(version: string, npmrc: string, files: Readonly<Record<string, string>> = {}) {
  const { report } = await play(
    onGitHub({
      name: 'an owner behind the host',
      story: 'Bun before 1.4.4 leaves out what stands behind the last slash',
      expected: { verdict: 'pass', exitCode: 0, findings: [] },
      github: openGitHub(),
      client: { name: 'bun', version },
      npmrc,
      files,
    }),
  );
  return { verdict: report.verdict, findings: report.findings.map(findingLine) };
}

const line = '@acme:registry=https://npm.pkg.github.com/acme';

describe("an owner behind GitHub's registry, without a slash at the end", () => {
  it('does no harm to a Bun that leaves it out', async () => {
    expect(await found('1.3.0', `${line}\n${githubRc.key}`)).toEqual({ verdict: 'pass', findings: [] });
    const bunfig = `[install.scopes]\nacme = { url = "https://npm.pkg.github.com/acme", token = "$NODE_AUTH_TOKEN" }\n`;
    expect(await found('1.3.0', '', { 'bunfig.toml': bunfig })).toEqual({ verdict: 'pass', findings: [] });
  });

  it('is what fails with a slash, and with a Bun that keeps it', async () => {
    const failing = { verdict: 'fail', findings: ['NP120 confirmed: @acme/ui@^1.0.0'] };
    expect(await found('1.3.0', `${line}/\n${githubRc.key}`)).toEqual(failing);
    expect(await found('1.4.5', `${line}\n${githubRc.key}`)).toEqual(failing);
  });

  it('is told from the path of a server of its own', async () => {
    const own = '@acme:registry=https://npm.packages.test/acme\n//npm.packages.test/:_authToken=x\n';
    expect((await found('1.3.0', own)).findings.join()).toContain('NP109');
  });
});
