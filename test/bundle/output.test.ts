import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextCycle } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtProgram } from '../hostile/support/built-program.ts';
import { temporaryFolder, writeTree } from '../support/temporary-tree.ts';

const folder = temporaryFolder();
const count = 3000;
let program = '';

beforeAll(async () => {
  program = await builtProgram();
  const names = Array.from({ length: count }, (_, index) => `@acme/package-${index}`);
  writeTree(folder, {
    'package.json': JSON.stringify({
      name: 'shop',
      version: '1.0.0',
      dependencies: Object.fromEntries(names.map((name) => [name, '^1.0.0'])),
    }),
    '.npmrc': '@acme:registry=https://gitlab.example/api/v4/packages/npm/\n',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A run whose report is longer than any pipe: more than a megabyte. */
function longRun(stdout: 'pipe' | number) {
  const args = [program, 'verify', '--offline', '--client', 'npm@11.0.0', '--format', 'json'];
  return spawn(process.execPath, args, { cwd: folder, env: {}, stdio: ['ignore', stdout, 'pipe'] });
}

const ended = (child: ReturnType<typeof longRun>) =>
  new Promise<number | null>((resolve) => child.on('close', resolve));

describe('a report longer than a pipe', () => {
  it('comes whole to a reader that takes its time', async () => {
    const child = longRun('pipe');
    const end = ended(child);
    child.stderr?.resume();
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout ?? []) {
      chunks.push(chunk as Buffer);
      for (let cycle = 0; cycle < 20; cycle += 1) await nextCycle();
    }
    expect(await end).toBe(0);
    const text = Buffer.concat(chunks).toString('utf8');
    expect(text.length).toBeGreaterThan(1_000_000);
    expect((JSON.parse(text) as { packages: unknown[] }).packages).toHaveLength(count);
  });

  it('comes whole into a file', async () => {
    const path = join(folder, 'report.json');
    const file = openSync(path, 'w');
    const child = longRun(file);
    closeSync(file);
    child.stderr?.resume();
    expect(await ended(child)).toBe(0);
    expect((JSON.parse(readFileSync(path, 'utf8')) as { packages: unknown[] }).packages).toHaveLength(count);
  });

  it('leaves the exit code as it is where the reader left early', async () => {
    const child = longRun('pipe');
    const complaints: Buffer[] = [];
    child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended(child)).toBe(0);
    expect(Buffer.concat(complaints).toString('utf8')).not.toMatch(/EPIPE|NP901|Error/);
  });
});
