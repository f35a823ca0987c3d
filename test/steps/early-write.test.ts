import { setImmediate as nextCycle } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { preflight } from '../../src/app.ts';
import { scenarioWorld } from '../../src/demo/play-scenario.ts';
import { jobVariables, manifest } from '../../src/demo/scenario.ts';
import { readInputs } from '../../src/inputs.ts';
import type { Http } from '../../src/io/http.ts';

const url = 'https://gitlab.example.com';
const tarball = `${url}/api/v4/projects/324/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz`;
const lockfile = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { '@acme/ui': '^1.0.0' } },
    'node_modules/@acme/ui': { version: '1.0.0', resolved: tarball },
  },
});

/** What happened in a run, in its order; answers come some cycles after their questions. */
async function happened(options: { locked: boolean; dryRun?: boolean; fails?: boolean; crashes?: boolean }) {
  const said: string[] = [];
  const http: Http = {
    tlsProblems: [],
    underWay: async () => {},
    async ask() {
      said.push('asked');
      if (options.crashes) throw new RangeError('too deep');
      for (let cycle = 0; cycle < 10; cycle += 1) await nextCycle();
      said.push('answered');
      return { kind: 'skipped', why: 'nobody is there' };
    },
    stats: () => ({ count: 0, bytes: 0, ms: 0 }),
    close: async () => {},
  };
  const env = jobVariables({
    url,
    version: '18.2.0',
    project: 'acme/shop',
    projectId: 512,
    user: 'alice',
    token: 'glcbt-64_the-job-token-of-writing',
  });
  const files = {
    'package.json': manifest({ '@acme/ui': '^1.0.0' }),
    ...(options.locked ? { 'package-lock.json': lockfile } : {}),
  };
  const world = scenarioWorld({ env, files, home: {}, npm: '11.6.0' }, '0.0.0', (origin) => origin);
  const reading = readInputs({ args: new Map(), env: {} });
  if (reading.kind !== 'inputs') throw new Error(reading.message);
  const result = await preflight(
    {
      ...world,
      http: () => http,
      writeRestorable(edit) {
        said.push('written');
        if (options.fails)
          return { kind: 'failed', reason: 'no-space', code: 'ENOSPC', why: 'no space is left' };
        return world.writeRestorable(edit);
      },
    },
    { command: 'run', inputs: reading.inputs, dryRun: options.dryRun ?? false, offline: false },
  );
  const writes = said.filter((one) => one === 'written').length;
  return { result, writes, said: said.filter((one, index) => said.indexOf(one) === index) };
}

describe('the configuration', () => {
  it('is written once, while the answers about a locked package are awaited', async () => {
    const { said, writes, result } = await happened({ locked: true });
    expect(said).toEqual(['asked', 'written', 'answered']);
    expect(writes).toBe(1);
    expect(result.kind).toBe('report');
  });

  it('is written after the answers where they may bring in packages that nobody knows', async () => {
    const { said } = await happened({ locked: false });
    expect(said).toEqual(['asked', 'answered', 'written']);
  });

  it('that can not be written ends the run all the same', async () => {
    const { said, result } = await happened({ locked: true, fails: true });
    expect(said).toContain('written');
    expect(result).toMatchObject({ kind: 'not-written', why: 'no space is left' });
  });

  it('is not written by a dry run', async () => {
    expect((await happened({ locked: true, dryRun: true })).said).toEqual(['asked', 'answered']);
  });
});

describe('a run', () => {
  it('that ends in a defect of the program has a result, and never rejects', async () => {
    const { said, result } = await happened({ locked: true, crashes: true });
    expect(said).toContain('asked');
    expect(result).toEqual({ kind: 'crashed', why: 'RangeError: too deep' });
  });
});
