import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A new empty folder below the system's temporary one (its real path). Whoever makes it removes it. */
export function temporaryFolder(): string {
  return fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'preflight-')));
}

/** Writes files by paths relative to a folder (`/` between the parts); folders come into being. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, ...path.split('/'));
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}
