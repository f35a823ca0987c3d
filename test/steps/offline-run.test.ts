import { describe, expect, it } from 'vitest';
import { preflight } from '../../src/app.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import { jobVariables, manifest, type Scenario } from '../../src/demo/scenario.ts';
import { readInputs } from '../../src/inputs.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';

const url = 'https://gitlab.example.com';
const mapping = `@acme:registry=${url}/api/v4/packages/npm/\n`;
const key = '//gitlab.example.com/api/v4/packages/npm/:_authToken=';

/** Verifies a checkout without a server: any request would have to go to a port where nobody listens. */
async function offline(options: { npmrc: string; token: string | null }) {
  const scenario: Scenario = {
    name: 'offline',
    story: 'no server is asked',
    url,
    gitlab: gitlab(),
    env: jobVariables({
      url,
      version: '18.2.0',
      project: 'acme/shop',
      projectId: 512,
      user: 'alice',
      token: options.token,
    }),
    files: { 'package.json': manifest({ '@acme/ui': '^1.0.0' }), '.npmrc': options.npmrc },
    home: {},
    npm: '11.6.0',
    command: 'verify',
  };
  const reading = readInputs({ args: new Map(), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.message);
  const world = scenarioWorld(scenario, '0.0.0', () => 'http://127.0.0.1:9');
  const result = await preflight(world, {
    command: 'verify',
    inputs: reading.inputs,
    dryRun: false,
    offline: true,
  });
  if (result.kind !== 'report') throw new Error(result.kind);
  return result.report;
}

describe('offline', () => {
  it.each([
    ['a good file', `${mapping}${key}\${CI_JOB_TOKEN}\n`, 'a-token', []],
    ['no key', mapping, 'a-token', ['NP102 warning']],
    ['a variable without a value', `${mapping}${key}\${NPM_TOKEN}\n`, 'a-token', ['NP105 warning']],
    ['no job token', `${mapping}${key}\${CI_JOB_TOKEN}\n`, null, ['NP201 warning']],
    ['a reference without braces', `${mapping}${key}$CI_JOB_TOKEN\n`, 'a-token', ['NP109 warning']],
    ['no registry line', `${key}\${CI_JOB_TOKEN}\n`, 'a-token', ['NP101 error']],
  ] as const)('judges %s by the configuration alone', async (_, npmrc, token, expected) => {
    const report = await offline({ npmrc, token });
    expect(report.findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(expected);
    expect(report.requests.count).toBe(0);
    expect(report.exitCode).toBe(expected.some((one) => one.endsWith('error')) ? 1 : 0);
  });
});
