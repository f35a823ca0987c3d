import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-tree.ts';

/** How a program ended. `code` is `null` when a signal ended it. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program without a shell, with nothing on standard input and only the variables of `env`. It is ended after `timeout` milliseconds. Rejects
 * when it can't start.
 */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, timeout = 50_000 }: { cwd: string; env: Readonly<Record<string, string>>; timeout?: number },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const system = process.platform === 'win32' ? { SYSTEMROOT: process.env.SYSTEMROOT ?? '' } : {};
    const child = spawn(command, args, {
      cwd,
      env: { ...system, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * Runs a program as {@link runProgram} does, with files where that has pipes: of a program that calls `process.exit` while much of what it said is
 * still in a pipe, a pipe that nobody reads at that moment gives the beginning only.
 */
export async function runHastyProgram(
  command: string,
  args: readonly string[],
  { cwd, env, timeout }: { cwd: string; env: Readonly<Record<string, string>>; timeout: number },
): Promise<Ran> {
  const place = temporaryFolder();
  const [stdout, stderr] = [join(place, 'stdout'), join(place, 'stderr')];
  const files = [fs.openSync(stdout, 'w'), fs.openSync(stderr, 'w')] as const;
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const child = spawn(command, args, { cwd, env, stdio: ['ignore', ...files], timeout });
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { code, stdout: fs.readFileSync(stdout, 'utf8'), stderr: fs.readFileSync(stderr, 'utf8') };
  } finally {
    for (const file of files) fs.closeSync(file);
    fs.rmSync(place, { recursive: true, force: true });
  }
}
