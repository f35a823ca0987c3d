import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { githubRc, githubTokens, onGitHub, openGitHub } from '../scenarios/github-situation.ts';
import { play } from '../scenarios/play.ts';

const npm = { name: 'npm', version: '10.9.2' } as const;
const pnpm = { name: 'pnpm', version: '10.34.9' } as const;
const temp = resolve('/runner/temp');

/** `verify` in a job whose runner has a temporary folder, which is new in each job. */
async function verify(
  client: typeof npm | typeof pnpm,
  npmrc: string,
  variables: Readonly<Record<string, string>> = {},
) {
  const { report } = await play(
    onGitHub({
      name: 'verify',
      story: 'nothing writes a file for this job',
      expected: { verdict: 'fail', exitCode: 1, findings: [] },
      github: openGitHub(),
      client,
      npmrc,
      variables: {
        RUNNER_TEMP: temp,
        GITHUB_ENV: resolve(temp, 'env'),
        GITHUB_TOKEN: githubTokens.workflow,
        ...variables,
      },
    }),
  );
  const [finding] = report.findings;
  return { verdict: report.verdict, code: finding?.code, remedy: finding?.remedy };
}

describe('a remedy for a job that only verifies', () => {
  const asUsers = 'set NPM_CONFIG_USERCONFIG: ${{ github.workspace }}/.npmrc';

  it.each([npm, pnpm])(
    'names the file of the checkout, not one of the runner, with $name',
    async (client) => {
      const { code, remedy } = await verify(client, githubRc.scope);
      expect(code).toBe('NP102');
      expect(remedy?.edit?.file).toBe('.npmrc');
      expect(JSON.stringify(remedy)).not.toContain('npmrc-preflight/');
      expect(remedy?.steps.join().includes(asUsers)).toBe(client === pnpm);
    },
  );

  it('makes a file whose references count for nothing the one of the user', async () => {
    const npmrc = githubRc.scope + githubRc.key;
    const { code, remedy } = await verify(pnpm, npmrc);
    expect(code).toBe('NP106');
    expect(remedy?.steps[0]).toContain(asUsers);
    expect(remedy?.edit).toBeUndefined();
    const cured = await verify(pnpm, npmrc, { NPM_CONFIG_USERCONFIG: resolve('/builds/my-project/.npmrc') });
    expect(cured.verdict).toBe('pass');
  });
});
