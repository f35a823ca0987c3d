import { spawn } from 'node:child_process';

/** A program to start, without a shell and with only these variables. */
export interface Program {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
}

/** A finished process: wall time from start to end in milliseconds. */
export interface Measured {
  ms: number;
  code: number | null;
  said: string;
}

/** Runs a program to its end. Rejects when it can't start. */
export function runMeasured({ command, args, cwd, env }: Program): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-4000);
      });
    }
    let ms = 0;
    child.once('exit', () => {
      ms = performance.now() - started;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ ms, code, said }));
  });
}
