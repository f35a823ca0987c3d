import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

declare const __filename: string;

/** A text file that lies beside the bundle, `null` when the bundle travels without it. */
export function readBeside(name: string): string | null {
  try {
    return readFileSync(join(dirname(__filename), name), 'utf8');
  } catch {
    return null;
  }
}

/** A module that lies beside the bundle, `null` when the bundle travels without it. */
export function loadBeside(name: string): unknown {
  const path = join(dirname(__filename), name);
  return readBeside(name) === null ? null : createRequire(path)(path);
}
