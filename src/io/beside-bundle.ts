import { readFileSync } from 'node:fs';
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
