import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The path of a program that the system has, or that is taken from its packages: those of scripts/install-program.mjs. Rejects with advice. */
export async function installProgram(name: 'nginx' | 'chromium' | 'zsh' | 'fish'): Promise<string> {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'install-program.mjs');
  const run = promisify(execFile)(process.execPath, [script, name], { encoding: 'utf8' });
  const { stdout } = await run.catch((error: { stderr?: string; message: string }) => {
    throw new Error(error.stderr?.trim() || error.message);
  });
  return stdout.trim();
}
