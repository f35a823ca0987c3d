import { expect, it } from 'vitest';
import { acmeScenario } from '../../src/demo/acme.ts';
import { play } from '../scenarios/play.ts';

it.each([
  [{ prefix: 'group', 'group-id': 'acme/gone' }, 'the input group-id asks for it'],
  [{ prefix: 'project', 'project-id': '999' }, 'the input project-id asks for it'],
])('names the input that asked for a place which is not there: %j', async (inputs, step) => {
  const { report } = await play({
    ...acmeScenario({ name: 'gone', story: 'a prefix of a place that is gone' }),
    inputs,
    expected: { verdict: 'fail', exitCode: 1, findings: [] },
  });
  const steps = report.findings.flatMap(({ remedy }) => remedy.steps);
  expect(report.findings.map(({ code }) => code)).toContain('NP305');
  expect(steps.find((one) => one.startsWith(step))).toContain('leave the input prefix out');
});
