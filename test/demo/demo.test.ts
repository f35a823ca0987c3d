import { describe, expect, it } from 'vitest';
import { demo } from '../../src/demo/demo.ts';
import * as embedded from '../../src/demo/embedded.ts';
import { readInputs } from '../../src/inputs.ts';

/** Plays a scenario as the command does. */
async function played(name: string | null, args: Readonly<Record<string, string>> = {}) {
  const reading = readInputs({ args: new Map(Object.entries(args).map(([k, v]) => [k, [v]])), env: {} });
  if (reading.kind === 'usage') throw new Error(reading.message);
  const unused = () => {
    throw new Error('nothing lasts');
  };
  return demo(name, embedded, {
    lasting: { directory: '/nowhere', writeLasting: unused, removeLasting: unused },
    version: '0.0.0-test',
    color: false,
    complaintColor: false,
    width: 120,
    program: 'node dist/index.js',
    inputs: reading.inputs,
    verbose: false,
  });
}

/** The codes that each scenario shows, in their order. */
const shows: Readonly<Record<string, readonly string[]>> = {
  'allowlist-other-direction': ['NP301'],
  'tarball-prefix-uncovered': ['NP103'],
  'role-missing': ['NP302'],
  'finished-token': ['NP202'],
  'wrong-scope': ['NP112'],
  'forwarded-to-public': ['NP503'],
  'registry-members-only': ['NP304'],
  'lockfile-of-another-host': ['NP111'],
  'github-permission-missing': ['NP311'],
  'github-actions-access': ['NP312'],
  'github-token-not-passed': ['NP105'],
  healthy: [],
};

describe('the demonstration', () => {
  it('has these scenarios', () => {
    expect(embedded.scenarios.map(({ name }) => name)).toEqual(Object.keys(shows));
  });

  it.each(Object.entries(shows))('plays %s', async (name, codes) => {
    const { output, complaint, exitCode } = await played(name);
    expect(complaint).toBe('');
    expect([...output.matchAll(/^error\[(NP\d+)\]/gm)].map(([, code]) => code)).toEqual(codes);
    expect(exitCode).toBe(codes.length === 0 ? 0 : 1);
    expect(output).not.toMatch(/127\.0\.0\.1|could also be/);
  });

  it.each([
    ['wrong-scoop', 'did you mean wrong-scope?'],
    ['finished', 'did you mean finished-token?'],
    ['nonsense', 'the scenarios are allowlist-other-direction, '],
  ])('refuses %s with what it may stand for', async (name, hint) => {
    const { output, complaint, exitCode } = await played(name);
    expect({ output, exitCode }).toEqual({ output: '', exitCode: 2 });
    expect(complaint).toContain(hint);
  });

  it('says for GitHub what GitHub asks for', async () => {
    expect((await played('github-permission-missing')).output).toContain('packages: read');
    expect((await played('github-actions-access')).output).toContain('Manage Actions access');
    expect((await played('github-token-not-passed')).output).toContain('NODE_AUTH_TOKEN');
  });

  it.each([
    ['role-missing', 'never', 0],
    ['github-actions-access', 'never', 0],
    ['role-missing', 'warning', 1],
    ['healthy', 'warning', 0],
  ])('ends %s with fail-on %s as a check does', async (name, failOn, exitCode) => {
    const ending = await played(name, { 'fail-on': failOn });
    expect(ending.exitCode).toBe(exitCode);
    const json = JSON.parse((await played(name, { 'fail-on': failOn, format: 'json' })).output);
    expect(json).toMatchObject({ exitCode });
  });
});
