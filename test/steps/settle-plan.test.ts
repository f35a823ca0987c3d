import { describe, expect, it } from 'vitest';
import { playScenario } from '../../src/demo/play-scenario.ts';
import { jobVariables, manifest, type Scenario } from '../../src/demo/scenario.ts';
import { readInputs } from '../../src/inputs.ts';
import { startGitHub } from '../../src/simulator/github/start-github.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { startGitLab } from '../../src/simulator/start-gitlab.ts';

const url = 'https://gitlab.example.com';
const token = 'glcbt-64_demo-job-token-of-settling';

/** `@kit/ui` is mapped and needs `@parts/tokens`, which nothing maps, and `@types/node`, which is public. */
async function play(command: 'run' | 'verify') {
  const scenario: Scenario = {
    name: 'unmapped-transitive-scope',
    story: 'a private package needs one of another private scope, and there is no lockfile',
    url,
    gitlab: gitlab({ version: '18.2' })
      .project('acme/shop', { id: 512 })
      .project('kit/ui', { id: 324 })
      .project('parts/tokens', { id: 325 })
      .member('alice', 'developer', 'kit')
      .member('alice', 'developer', 'parts')
      .allow('kit/ui', 'acme/shop')
      .allow('parts/tokens', 'acme/shop')
      .jobToken(token, { project: 'acme/shop', user: 'alice' })
      .package('kit/ui', '@kit/ui', '1.0.0', {
        dependencies: { '@parts/tokens': '^1.0.0', '@types/node': '^20.0.0' },
      })
      .package('parts/tokens', '@parts/tokens', '1.2.0'),
    env: jobVariables({ url, version: '18.2.1', project: 'acme/shop', projectId: 512, user: 'alice', token }),
    files: {
      'package.json': manifest({ '@kit/ui': '^1.0.0' }),
      '.npmrc': `@kit:registry=${url}/api/v4/packages/npm/\n//gitlab.example.com/api/v4/:_authToken=\${CI_JOB_TOKEN}\n`,
    },
    home: {},
    npm: '11.6.0',
    command,
  };
  const reading = readInputs({ args: new Map(), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.message);
  const { result } = await playScenario(scenario, {
    version: '0.0.0',
    inputs: reading.inputs,
    startGitLab,
    startGitHub,
  });
  if (result.kind !== 'report') throw new Error(result.kind);
  return result.report;
}

describe('a private scope that only a dependency needs', () => {
  it('is mapped by run, so that the install finds it', async () => {
    const report = await play('run');
    expect(report.scopes.map(({ scope }) => scope)).toEqual(['@kit', '@parts']);
    expect(report.packages.map(({ name, status }) => `${name} ${status}`)).toEqual([
      '@kit/ui ok',
      '@parts/tokens ok',
    ]);
    expect(report.verdict).toBe('pass');
  });

  it('is named by verify, as the client would ask the public registry for it', async () => {
    const report = await play('verify');
    expect(report.findings.map(({ code, packages }) => [code, packages])).toEqual([
      ['NP101', ['@parts/tokens@^1.0.0']],
    ]);
    expect(report.exitCode).toBe(1);
  });
});
