import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runProgram } from '../hostile/support/built-program.ts';
import { expectContract } from '../hostile/support/contract.ts';
import { job, manifest, token } from '../hostile/support/job.ts';
import { temporaryFolder } from '../support/temporary-tree.ts';

const disk = temporaryFolder();
const mounting = ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk];
/** Only root may mount. Everywhere else broken-writes.test.ts lets the same calls fail with ENOSPC. */
const mounted = process.platform === 'linux' && spawnSync('mount', mounting).status === 0;
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

const original = `color=false\n${'# padding\n'.repeat(900)}`;

describe.runIf(mounted)('a disk without room', () => {
  test.each([
    ['for the journal', {}],
    ['for the file', { RUNNER_TEMP: 'elsewhere' }],
  ])('%s: the file stays whole, the reason is told, and once there is room a run works', async (_, env) => {
    const one = job({ 'package.json': manifest({ '@acme/ui': '1.0.0' }) });
    const home = join(disk, 'home');
    const rc = join(home, '.npmrc');
    mkdirSync(home);
    writeFileSync(rc, original, { mode: 0o640 });
    const filler = join(disk, 'filler');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc((bavail - 1) * bsize));
    const jobs = Object.fromEntries(
      Object.entries(env).map(([name, folder]) => [name, join(one.root, folder)]),
    );
    const start = { cwd: one.checkout, env: { ...one.env, HOME: home, USERPROFILE: home, ...jobs } };

    const full = await runProgram(['--offline'], start);
    expectContract(full, [token]);
    expect(full.exitCode).toBe(2);
    expect(full.stderr).toContain('no space is left on the disk');
    expect(readFileSync(rc, 'utf8')).toBe(original);
    await runProgram(['restore'], start);
    expect(readdirSync(home)).toEqual(['.npmrc']);

    rmSync(filler);
    expect((await runProgram(['--offline'], start)).exitCode).toBe(0);
    expect(readFileSync(rc, 'utf8')).toContain('@acme:registry=');
    await runProgram(['restore'], start);
    expect(readFileSync(rc, 'utf8')).toBe(original);
    expect(statSync(rc).mode & 0o777).toBe(0o640);
    rmSync(home, { recursive: true });
  });
});
