import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemCode } from './files.ts';

/** A write takes milliseconds; whoever has not finished after an hour was ended. */
const longestWrite = 3_600_000;
const form = /^\.npmrc-preflight-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{16}\.tmp$/;

/** A new name for the file that is written first, in the folder of the file that it will become. It says which process of which host writes it. */
export function temporaryIn(folder: string): string {
  const random = randomBytes(8).toString('hex');
  return join(folder, `.npmrc-preflight-${hostMark()}-${process.pid}-${random}.tmp`);
}

/**
 * Takes temporary files away that an ended process left in a folder: only plain files of this user with exactly such a name, whose process
 * is gone (on this host) or which are older than an hour. `now` in milliseconds since 1970. Nothing throws.
 */
export function sweepTemporaries(folder: string, now = Date.now()): void {
  for (const name of namesIn(folder)) {
    const [, host, pid] = form.exec(name) ?? [];
    if (host === undefined) continue;
    const path = join(folder, name);
    try {
      const stat = lstatSync(path);
      if (!stat.isFile() || (process.getuid && stat.uid !== process.getuid())) continue;
      const ended = host === hostMark() && !isRunning(Number(pid));
      if (ended || now - stat.mtimeMs > longestWrite) unlinkSync(path);
    } catch {
      // Somebody else took it away, or it is not ours to take.
    }
  }
}

/** Processes of other hosts, such as containers that share a home, have other numbers. */
function hostMark(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

/** A process of another user counts as running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
