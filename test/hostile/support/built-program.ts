import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** How a process of the built program ended. `exitCode` is `null` when a signal or the test's own limit ended it. */
export interface Ending {
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
  /** It was still running at the limit. */
  hung: boolean;
}

export interface Start {
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Milliseconds after which it counts as hung; 30 s unless given. */
  limit?: number;
  /** Most MiB of JavaScript heap. */
  heap?: number;
  /** Ends it after so many milliseconds. */
  kill?: { after: number; signal: NodeJS.Signals };
  /** Runs it as an ordinary user where the tests run as root, so that file modes count. */
  unprivileged?: boolean;
}

/** The user that owns nothing, where there is one. */
export const nobody = 65_534;

const folder = mkdtempSync(join(tmpdir(), 'preflight-built-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let built: Promise<string> | null = null;

/** The path of the bundle, made in memory from the sources once for each test file. */
export function builtProgram(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const script = new URL('../../../scripts/bundle.mjs', import.meta.url).href;
  const { bundle } = (await import(/* @vite-ignore */ script)) as {
    bundle(): Promise<Record<string, string>>;
  };
  mkdirSync(join(folder, 'dist'));
  for (const [name, text] of Object.entries(await bundle())) writeFileSync(join(folder, 'dist', name), text);
  chmodSync(folder, 0o755);
  return join(folder, 'dist', 'index.js');
}

/** Runs the program as a job would start it, with no variable but those given, and waits for its end. */
export async function runProgram(args: readonly string[], start: Start): Promise<Ending> {
  const program = await builtProgram();
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [...(start.heap === undefined ? [] : [`--max-old-space-size=${start.heap}`]), program, ...args],
    {
      cwd: start.cwd,
      env: { ...start.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(start.unprivileged && process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
    },
  );
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, start.limit ?? 30_000);
  const { kill } = start;
  const killer = kill === undefined ? null : setTimeout(() => child.kill(kill.signal), kill.after);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      clearTimeout(limit);
      if (killer !== null) clearTimeout(killer);
      resolve({
        args,
        env: start.env,
        exitCode,
        signal,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        milliseconds: performance.now() - began,
        hung,
      });
    });
  });
}
