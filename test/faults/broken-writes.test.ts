import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { builtProgram, runProgram } from '../hostile/support/built-program.ts';
import { expectContract } from '../hostile/support/contract.ts';
import { type Job, job, manifest, token } from '../hostile/support/job.ts';
import { filesBelow, findLeaks } from '../support/leak-scan.ts';

const files = { 'package.json': manifest({ '@acme/ui': '1.0.0' }) };
const original = `; mine\ncolor=false\n//other.example/:_authToken=\${OTHER}\n${'# padding\n'.repeat(500)}`;
const posix = process.platform !== 'win32';
const long = process.env.NPMRC_PREFLIGHT_LONG !== undefined;
vi.setConfig({ testTimeout: long ? 3_600_000 : 240_000 });
const preload = join(import.meta.dirname, 'break-writes.cjs').replaceAll('\\', '/');

/** A job whose user file is there (`before` a text) or not, and which writes a report too. */
function world(before: string | null): { one: Job; rc: string } {
  const one = job(files, { env: { NPMRC_PREFLIGHT_REPORT_DIR: 'reports' } });
  const rc = before === null ? join(one.root, 'made', 'here', '.npmrc') : join(one.home, '.npmrc');
  if (before !== null) writeFileSync(rc, before, { mode: 0o640 });
  const env = before === null ? { ...one.env, NPM_CONFIG_USERCONFIG: rc } : one.env;
  return { one: { ...one, env }, rc };
}

const contentOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null);

async function run({ one }: { one: Job }, args: readonly string[], broken?: { at: number; how: string }) {
  const counted = join(one.root, 'counted');
  const setting = JSON.stringify({ below: one.root, counted, ...broken });
  const env = broken
    ? { ...one.env, BREAK_WRITES: setting, NODE_OPTIONS: `--require "${preload}"` }
    : one.env;
  return runProgram(args, { cwd: one.checkout, env });
}

/** How many calls a command makes that change something. */
async function callsOf(here: { one: Job }, args: readonly string[]): Promise<number> {
  await run(here, args, { at: 0, how: 'count' });
  return Number(readFileSync(join(here.one.root, 'counted'), 'utf8'));
}

/** The numbers from 1 on: all of them, or about `few`, which ones by turns. */
function chosen(count: number, turn: number, few: number): readonly number[] {
  const all = Array.from({ length: count }, (_, at) => at + 1);
  const step = Math.max(1, Math.floor(count / few));
  return long ? all : all.filter((at) => (at + turn) % step === 0);
}

/** What restore left is what was there: bytes, mode or absence, and nothing of ours beside it. */
function expectAsBefore(rc: string, one: Job, before: string | null): void {
  expect(contentOf(rc)).toBe(before);
  if (posix && before !== null) expect(statSync(rc).mode & 0o777).toBe(0o640);
  if (before === null) expect(existsSync(join(one.root, 'made'))).toBe(false);
  else expect(readdirSync(one.home)).toEqual(['.npmrc']);
}

const offline = ['--offline'];
const befores = [
  ['a file that was there', original],
  ['a file that was not there', null],
] as const;

describe('ended by SIGKILL at every call that changes something', () => {
  test.each(befores)('%s: a run', async (_, before) => {
    await builtProgram();
    const whole = world(before);
    const count = await callsOf(whole, offline);
    const written = contentOf(whole.rc)?.replaceAll(whole.one.root, 'ROOT');
    expect(count).toBeGreaterThan(10);
    for (const [turn, how] of ['kill-before', 'kill-amid', 'kill-after'].entries()) {
      for (const at of chosen(count, turn * 3, 4)) {
        const here = world(before);
        const ending = await run(here, offline, { at, how });
        expect(ending.signal).toBe(posix ? 'SIGKILL' : ending.signal);
        const left = contentOf(here.rc)?.replaceAll(here.one.root, 'ROOT') ?? null;
        expect([before, written], `${how} ${at}`).toContain(left);
        expect(findLeaks(token, filesBelow(here.one.root))).toEqual([]);
        expectContract(await run(here, ['restore']), [token]);
        expectAsBefore(here.rc, here.one, before);
      }
    }
  });

  test('a run after it works, and leaves no temporary file', async () => {
    const whole = world(original);
    const count = await callsOf(whole, offline);
    for (const at of chosen(count, 1, 4)) {
      const here = world(original);
      await run(here, offline, { at, how: 'kill-after' });
      const again = await run(here, offline);
      expect(again.exitCode, again.stderr).toBe(0);
      expect(contentOf(here.rc)).toContain('@acme:registry=');
      await run(here, ['restore']);
      expectAsBefore(here.rc, here.one, original);
    }
  });

  test.each(befores)('%s: restore, which is then called again', async (_, before) => {
    const whole = world(before);
    await run(whole, offline);
    const count = await callsOf(whole, ['restore']);
    expect(count).toBeGreaterThan(2);
    for (const [turn, how] of ['kill-before', 'kill-amid', 'kill-after'].entries()) {
      for (const at of chosen(count, turn, 2)) {
        const here = world(before);
        await run(here, offline);
        const written = contentOf(here.rc);
        await run(here, ['restore'], { at, how });
        expect([before, written]).toContain(contentOf(here.rc));
        expectContract(await run(here, ['restore']), [token]);
        expectAsBefore(here.rc, here.one, before);
      }
    }
  });
});

describe.each([
  ['ENOSPC', 'no space is left on the disk', 2],
  ['EROFS', 'the file system is read-only', 4],
  ['EACCES', 'this user may not write there', 6],
  ['EIO', 'the system says EIO', 8],
] as const)('every call that changes something fails with %s', (code, words, turn) => {
  test.each(befores)('%s: whole files, a clear end, and restore gives back', async (_, before) => {
    const whole = world(before);
    const count = await callsOf(whole, offline);
    const written = contentOf(whole.rc)?.replaceAll(whole.one.root, 'ROOT');
    for (const at of chosen(count, turn, 3)) {
      const here = world(before);
      const ending = await run(here, offline, { at, how: code });
      expectContract(ending, [token]);
      const left = contentOf(here.rc)?.replaceAll(here.one.root, 'ROOT') ?? null;
      expect([before, written], `${code} ${at}`).toContain(left);
      // what failed without harm, such as flushing a folder, is no end
      expect([0, 2]).toContain(ending.exitCode);
      if (ending.exitCode === 2) expect(ending.stderr).toContain(words);
      expectContract(await run(here, ['restore']), [token]);
      expectAsBefore(here.rc, here.one, before);
    }
  });
});

test('with no change to make nothing is written at all', async () => {
  const here = world(original);
  await run(here, offline);
  const { mtimeMs, ino } = statSync(here.rc);
  const calls = await callsOf(here, [...offline, '--report-dir', 'none']);
  expect(calls).toBe(0);
  expect(statSync(here.rc)).toMatchObject({ mtimeMs, ino });
});
