import { describe, expect, it } from 'vitest';
import { githubRc, onGitHub, openGitHub } from '../scenarios/github-situation.ts';
import { findingLine, play } from '../scenarios/play.ts';
import { friends, rc, situation, url } from '../scenarios/situation.ts';
import type { TestWorld } from '../scenarios/test-world.ts';
import { remedyText } from '../user-cases/mended.ts';
import { shell } from '../user-cases/places.ts';

const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;
const nowhere = (world: TestWorld): TestWorld => ({ ...world, env: {} });
const onGitLab = (parts: Partial<Parameters<typeof situation>[0]>) =>
  situation({ name: 'outside', story: '', expected, gitlab: friends(), ...parts });
const githubKey = '//npm.pkg.github.com/:_authToken=${GITHUB_TOKEN}\n';

async function told(world: TestWorld) {
  const { report } = await play(world);
  return {
    lines: report.findings.map(findingLine),
    text: remedyText(report.findings),
    findings: report.findings,
  };
}

describe('a variable of a CI that is not there, in a line of the server that it is for', () => {
  it('is passed into a docker build of a workflow, and keeps its name', async () => {
    const world = nowhere(
      onGitHub({
        name: 'outside',
        story: '',
        expected,
        github: openGitHub(),
        npmrc: `${githubRc.scope}${githubKey}`,
      }),
    );
    const { lines, text, findings } = await told(world);
    expect(lines).toEqual(['NP201 confirmed: @acme/ui@^1.0.0']);
    expect(findings[0]?.remedy.edit).toBeUndefined();
    expect(text).toContain('docker build --secret id=GITHUB_TOKEN,env=GITHUB_TOKEN');
    expect(text).toContain('env: GITHUB_TOKEN: ${{ github.token }}');
    expect(text).not.toMatch(/another server|GitLab/);
  });

  it.each([
    ['a key of every route', rc.key],
    ['a key of the host alone', '//gitlab.example.com/:_authToken=${CI_JOB_TOKEN}\n'],
  ])('is passed into a docker build of a job: %s', async (_, key) => {
    const { lines, text, findings } = await told(
      onGitLab({ npmrc: `${rc.instance}${key}`, variables: shell }),
    );
    expect(lines).toEqual(['NP201 confirmed: @acme/ui@^1.0.0']);
    expect(findings[0]?.remedy.edit).toBeUndefined();
    expect(text).toContain('docker build --secret id=CI_JOB_TOKEN,env=CI_JOB_TOKEN');
    expect(text).not.toContain('another server');
  });
});

describe('in a line of another server it gives way to another variable', () => {
  it('the job token at GitHub', async () => {
    const world = nowhere(
      onGitHub({
        name: 'outside',
        story: '',
        expected,
        github: openGitHub(),
        npmrc: `${githubRc.scope}${githubKey.replace('GITHUB_TOKEN', 'CI_JOB_TOKEN')}`,
      }),
    );
    const { text, findings } = await told(world);
    expect(text).toContain('CI_JOB_TOKEN is what the jobs of GitLab have');
    expect(findings[0]?.remedy.edit?.after).toContain('${GITHUB_PACKAGES_TOKEN}');
  });

  it('the token of a workflow at a GitLab', async () => {
    const { text, findings } = await told(
      onGitLab({
        npmrc: `@acme:registry=${url}/api/v4/packages/npm/\n${rc.key.replace('CI_JOB_TOKEN', 'GITHUB_TOKEN')}`,
        variables: shell,
      }),
    );
    expect(text).toContain('GITHUB_TOKEN is what the workflows of GitHub have');
    expect(findings[0]?.remedy.edit?.after).not.toContain('GITHUB_TOKEN');
  });
});
