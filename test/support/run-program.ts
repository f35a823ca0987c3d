import { spawn } from 'node:child_process';

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
