import { spawn } from 'node:child_process';

/** A program on a terminal of its own. `output` is everything it wrote there, control characters included. */
export interface Terminal {
  send(keys: string): void;
  /** Resolves as soon as what was written since the last call fits, with that; rejects when the program ends before. */
  until(pattern: RegExp): Promise<string>;
  /** How it ended, and all of its output. */
  ended: Promise<{ code: number | null; output: string }>;
  kill(): void;
}

/** Starts a command line of a POSIX shell on a pseudo-terminal, by `script` of util-linux. Standard output and error are that terminal. */
export function onTerminal(
  command: string,
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Terminal {
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { SHELL: '/bin/sh', PATH: process.env.PATH ?? '', TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let output = '';
  let seen = 0;
  let look: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    look();
  });
  const ended = new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
  return {
    ended,
    kill: () => void child.kill('SIGKILL'),
    send: (keys) => void child.stdin.write(keys),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => {
          const fresh = output.slice(seen);
          if (!pattern.test(fresh)) return;
          look = () => undefined;
          seen = output.length;
          resolve(fresh);
        };
        void ended.then(
          () => reject(new Error(`it ended with ${JSON.stringify(output.slice(-2000))}`)),
          reject,
        );
        look();
      }),
  };
}

/** The screen's lines after an output that goes back to the start of lines only. */
export function screenOf(output: string): readonly string[] {
  return output.split('\n').map((line) => {
    const cells: string[] = [];
    let at = 0;
    for (const character of line) {
      if (character === '\r') at = 0;
      else cells[at++] = character;
    }
    return cells.join('').trimEnd();
  });
}
