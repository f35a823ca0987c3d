import { join } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import type { InputProblem } from '../domain/project.ts';
import { conflictProblem, readText } from './json-file.ts';

/** The text of a yarn.lock. `berry` is true for the format of Yarn 2 and later, which has a `__metadata` block. */
export type YarnTextReading =
  | { kind: 'text'; text: string; berry: boolean }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: InputProblem };

export const yarnLockName = 'yarn.lock';

/** How a yarn.lock is written anew, for hints. */
export const writeYarnLock = `take the last ${yarnLockName} that worked and run "yarn install" again`;

/**
 * Reads the yarn.lock of a folder (absolute). Unreadable: what `readText` says, and a merge conflict marker, with its line: Yarn merges such a file
 * on a laptop, in CI it stops (yarn 4: YN0048).
 */
export function readYarnText(files: FileReader, directory: string): YarnTextReading {
  const reading = readText(files, join(directory, yarnLockName), yarnLockName);
  if (reading.kind !== 'text') return reading;
  const { text } = reading;
  const problem = conflictProblem(text, yarnLockName);
  if (problem !== null) return { kind: 'unreadable', problem };
  return { kind: 'text', text, berry: /^["']?__metadata["']?:/m.test(text) };
}
