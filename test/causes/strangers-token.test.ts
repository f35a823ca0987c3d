import { describe, expect, it } from 'vitest';
import { acmeGitlab, acmeScenario } from '../../src/demo/acme.ts';
import { manifest } from '../../src/demo/scenario.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { startGitLab } from '../../src/simulator/start-gitlab.ts';
import { play } from '../scenarios/play.ts';

const strangers = 'https://gitlab.stranger.example';
const registry = `${strangers}/api/v4/projects/5/packages/npm/`;
const token = 'gldt-of-the-stranger-alone';

/** A job of acme/shop on its own GitLab that takes `@else/x` from the GitLab of somebody else. */
async function run(npmrc: string, inputs: Readonly<Record<string, string>> = {}, value = '') {
  const world = acmeScenario({ name: 'stranger', story: 'a registry on the GitLab of somebody else' });
  const other = await startGitLab(
    gitlab()
      .project('else/x', { id: 5 })
      .deployToken(token, { project: 'else/x' })
      .package('else/x', '@else/x', '1.0.0'),
    { externalUrl: strangers },
  );
  try {
    const { report, text } = await play({
      ...world,
      gitlab: acmeGitlab(),
      env: {
        ...world.env,
        ELSE_TOKEN: value,
        NPM_CONFIG_USERCONFIG: '/builds/acme/shop/.npmrc-preflight/npmrc',
      },
      files: {
        'package.json': manifest({ '@else/x': '^1.0.0', '@acme/ui': '^1.0.0' }),
        '.npmrc': npmrc,
      },
      inputs,
      passage: async (own) => ({
        origin: new URL(own.url).origin,
        origins: { [strangers]: new URL(other.url).origin },
      }),
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
    });
    return { text, verdict: report.verdict, codes: report.findings.map(({ code }) => code) };
  } finally {
    await other.close();
  }
}

describe('the token of the job', () => {
  const line = `@else:registry=${registry}\n`;

  it('is never proposed for the GitLab of somebody else, whose token has a variable of its own', async () => {
    const { text, codes } = await run(line);
    expect(codes).toEqual(['NP102']);
    expect(text.replace(/\s+/g, ' ')).toContain(`in the input registries: @else=${registry} token=NPM_TOKEN`);
    expect(text).not.toContain('CI_JOB_TOKEN');
    const cured = await run(line, { registries: `@else=${registry} token=ELSE_TOKEN` }, token);
    expect(cured.verdict).toBe('pass');
  });

  it('takes the place of no variable there that has no value', async () => {
    const { text, codes } = await run(line, { registries: `@else=${registry} token=ELSE_TOKEN` });
    expect(codes).toEqual(['NP105']);
    expect(text).toContain('ELSE_TOKEN has to hold a token of gitlab.stranger.example');
    expect(text).not.toContain('CI_JOB_TOKEN');
  });

  it.each([
    ['NP202', 'gldt-that-was-revoked'],
    ['NP205', `${token}\n`],
  ])('is no way out of %s there', async (code, value) => {
    const { text, codes } = await run(line, { registries: `@else=${registry} token=ELSE_TOKEN` }, value);
    expect(codes).toEqual([code]);
    expect(text).not.toContain('CI_JOB_TOKEN');
  });

  it('does so in a file of the project no more than in one that is written', async () => {
    const key = `//gitlab.stranger.example/api/v4/projects/5/packages/npm/:_authToken=\${ELSE_TOKEN}\n`;
    const { text, codes } = await run(`${line}${key}`);
    expect(codes).toEqual(['NP105']);
    expect(text).not.toContain('CI_JOB_TOKEN');
  });
});
