import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fuzzTargets } from './fuzz-targets.ts';

/** The examples of a target: its fixtures, and its own folder with hand-written ones and former crashes. `tests` is the folder test. */
export function examplesOf(name: string, tests: string): readonly { path: string; text: string }[] {
  const { folders, files } = fuzzTargets[name]?.examples ?? { folders: [], files: /./ };
  const found = new Map<string, string>();
  for (const folder of [...folders, `fuzz/corpus/${name}`]) {
    const root = join(tests, ...folder.split('/'));
    for (const below of listed(root)) {
      const path = join(root, below);
      const ours = folder.startsWith('fuzz/');
      if (!statSync(path).isFile() || !(ours || files.test(basename(path)))) continue;
      found.set(path, readFileSync(path, 'utf8'));
    }
  }
  return [...found].map(([path, text]) => ({ path, text }));
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  } catch {
    return [];
  }
}
