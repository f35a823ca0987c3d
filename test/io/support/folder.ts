import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new empty folder below the system's temporary one (its real path), removed after the test. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'preflight-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
