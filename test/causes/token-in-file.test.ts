import { describe, expect, it } from 'vitest';
import { acmeScenario } from '../../src/demo/acme.ts';
import { play } from '../scenarios/play.ts';

const literal = 'glpat-abcdefghij0123456789';

/** What is said of a literal token under a key. */
async function saidOf(key: string) {
  const world = acmeScenario({ name: 'literal', story: 'a token in a file', command: 'verify' });
  const { report } = await play({
    ...world,
    files: { ...world.files, '.npmrc': `${key}=${literal}\n` },
    expected: { verdict: 'pass', exitCode: 0, findings: [] },
  });
  const finding = report.findings.find(({ code }) => code === 'NP115');
  return { edit: finding?.remedy.edit?.after, steps: finding?.remedy.steps.join('\n') };
}

describe('a literal token', () => {
  it.each(['//gitlab.example.com/api/v4/packages/npm/:_authToken', '//GITLAB.example.com/:_authToken'])(
    'of %s gives way to the token of the job',
    async (key) => {
      const { edit, steps } = await saidOf(key);
      expect(edit).toBe(`${key}=\${CI_JOB_TOKEN}`);
      expect(steps).toContain('${CI_JOB_TOKEN} is there already');
    },
  );

  it.each(['//npm.example.com/:_authToken', '//gitlab.example.com:8443/:_authToken'])(
    'of %s is never replaced by the one of the job, which is for another server',
    async (key) => {
      const { edit, steps } = await saidOf(key);
      expect(edit).toBe(`${key}=\${NPM_TOKEN}`);
      expect(steps).not.toContain('CI_JOB_TOKEN');
    },
  );
});
