import { describe, expect, it } from 'vitest';
import { inFront } from '../scenarios/passages.ts';
import { play } from '../scenarios/play.ts';
import { friends, rc, situation, url } from '../scenarios/situation.ts';

const value = 'glpat-abcdefghij0123456789';
const expected = { verdict: 'fail', exitCode: 1, findings: [] } as const;

const refusal = { status: 401, body: '{"message":"401 Unauthorized"}' };

/** What is said of the variable of a key, and everything that is printed. */
async function told(name: string, variables: Readonly<Record<string, string>>, server = url) {
  const { report, text } = await play(
    situation({
      name: 'meant-instead',
      story: 'a variable is written wrong',
      expected,
      gitlab: friends(),
      npmrc: `${rc.instance.replace(url, server)}${server.replace('https:', '')}/api/v4/:_authToken=\${${name}}\n`,
      variables,
      passage: async (gitlab) => {
        const { origin } = await inFront(() => (server === url ? null : refusal))(gitlab);
        return { origin: new URL(gitlab.url).origin, origins: { [server]: origin ?? '' } };
      },
    }),
  );
  const [finding] = report.findings;
  return { code: finding?.code, steps: finding?.remedy.steps ?? [], text };
}

describe('a variable without a value', () => {
  it.each([
    ['NPM_TOKN', { NPM_TOKEN: value }, 'NPM_TOKEN'],
    ['GITLAB_TOKEN', { GITLAB_NPM_TOKEN: value }, 'GITLAB_NPM_TOKEN'],
    ['CI_JOBTOKEN', {}, 'CI_JOB_TOKEN'],
  ])('is told beside the one that is nearly called so: %s', async (name, variables, meant) => {
    const { code, steps, text } = await told(name, variables);
    expect(code).toBe('NP105');
    expect(steps).toContain(`${meant} is set: is it meant?`);
    expect(text).not.toContain(value);
  });

  it.each([
    ['where the other has another name', 'NPM_TOKEN', { PYPI_TOKEN: value }],
    ['where the other is empty', 'NPM_TOKN', { NPM_TOKEN: '' }],
  ])('stands alone %s', async (_, name, variables) => {
    const { code, steps } = await told(name, variables);
    expect(code).toBe('NP105');
    expect(steps.join('\n')).not.toContain('is it meant');
  });

  it("never leads the job's token to another server", async () => {
    const { code, steps } = await told('CI_JOBTOKEN', {}, 'https://gitlab.elsewhere.example');
    expect(code).toBe('NP105');
    expect(steps.join('\n')).not.toContain('is it meant');
  });
});
