import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { preflight } from '../../src/app.ts';
import { memoryFiles } from '../../src/demo/memory-files.ts';
import { readInputs } from '../../src/inputs.ts';
import { createHttp } from '../../src/io/http.ts';
import type { World } from '../../src/io/world.ts';
import { gitlab } from '../../src/simulator/gitlab.ts';
import { startGitLab } from '../../src/simulator/start-gitlab.ts';

const token = 'gldt-demo-deploy-token';
const directory = resolve('/runner/work');
const temp = resolve('/runner/temp');

/** A workflow on GitHub that installs from a GitLab with a deploy token. */
async function runOnGitHub(env: Record<string, string>) {
  const server = await startGitLab(
    gitlab()
      .project('acme/ui', { id: 324 })
      .deployToken(token, { project: 'acme/ui' })
      .package('acme/ui', '@acme/ui', '1.0.0'),
  );
  const files = memoryFiles({
    [resolve(directory, 'package.json')]: '{"dependencies":{"@acme/ui":"1.0.0"}}',
  });
  const exported: Record<string, string> = {};
  const world: World = {
    version: '0.0.0',
    env: { GITHUB_ACTIONS: 'true', GITLAB_TOKEN: token, RUNNER_TEMP: temp, ...env },
    directory,
    home: resolve('/home/runner'),
    platform: 'posix',
    now: () => 0,
    files,
    findClient: async () => ({ version: '11.6.0', globalConfig: null }),
    http: (limits) => createHttp({ ...limits, version: '0.0.0', env: {} }),
    poster() {
      throw new Error('a run changes nothing on a server');
    },
    writeRestorable(edit) {
      files.write(edit);
      return { kind: 'written', path: edit.path };
    },
    writeLasting: () => ({ kind: 'unchanged', path: '' }),
    removeLasting: () => null,
    restore: () => [],
    exportVariables(variables) {
      Object.assign(exported, variables);
      return null;
    },
  };
  const line = `@acme=${server.apiUrl}/projects/324/packages/npm/ token=GITLAB_TOKEN`;
  const reading = readInputs({ args: new Map([['registries', [line]]]), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.message);
  try {
    const result = await preflight(world, {
      command: 'run',
      inputs: reading.inputs,
      dryRun: false,
      offline: false,
    });
    if (result.kind !== 'report') throw new Error(result.kind);
    return { report: result.report, exported, requests: server.requests, files };
  } finally {
    await server.close();
  }
}

describe('run on GitHub', () => {
  it('writes below RUNNER_TEMP and makes later steps find the file', async () => {
    const { report, exported, requests } = await runOnGitHub({ GITHUB_ENV: '/runner/env' });
    const path = resolve(temp, 'npmrc-preflight', '.npmrc');
    expect(report.verdict).toBe('pass');
    expect(report.files).toEqual([{ path, action: 'written', managed: true }]);
    expect(exported).toEqual({ NPM_CONFIG_USERCONFIG: path });
    expect(requests.every(({ authorization }) => authorization !== 'none')).toBe(true);
  });

  it('writes the file that npm reads anyway where nothing can be exported', async () => {
    const { report, exported } = await runOnGitHub({});
    expect(report.files.map(({ path }) => path)).toEqual([resolve('/home/runner/.npmrc')]);
    expect(exported).toEqual({});
  });

  it('edits the file that the workflow itself names', async () => {
    const named = resolve('/runner/own.npmrc');
    const { report, exported } = await runOnGitHub({
      GITHUB_ENV: '/runner/env',
      NPM_CONFIG_USERCONFIG: named,
    });
    expect(report.files.map(({ path }) => path)).toEqual([named]);
    expect(exported).toEqual({});
  });

  it('holds the reference, not the token', async () => {
    const { files } = await runOnGitHub({});
    const reading = files.read(resolve('/home/runner/.npmrc'));
    const text = reading.kind === 'text' ? reading.text : '';
    expect(text).toContain('${GITLAB_TOKEN}');
    expect(text).not.toContain(token);
  });
});
