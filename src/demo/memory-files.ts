import { dirname, join } from 'node:path';
import type { FileReader } from '../domain/file-reader.ts';
import type { FileEdit } from '../domain/plan.ts';

/** Files in memory by absolute path, with the folders that their paths imply. */
export interface MemoryFiles extends FileReader {
  write(edit: FileEdit): void;
}

/** A file system for demonstrations: nothing touches the disk. */
export function memoryFiles(texts: Readonly<Record<string, string>>): MemoryFiles {
  const files = new Map(Object.entries(texts));
  return {
    read(path) {
      const text = files.get(path);
      if (text !== undefined) return { kind: 'text', text };
      return isFolder(path) ? { kind: 'not-a-file' } : { kind: 'absent' };
    },
    list(path) {
      const names = new Map<string, boolean>();
      for (const file of files.keys()) {
        for (let child = file; child !== dirname(child); child = dirname(child)) {
          if (dirname(child) === path) names.set(child.slice(join(path, 'x').length - 1), child !== file);
        }
      }
      return [...names]
        .map(([name, directory]) => ({ name, directory }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    write: ({ path, after }) => void files.set(path, after),
  };

  function isFolder(path: string): boolean {
    return [...files.keys()].some((file) => file.startsWith(join(path, 'x').slice(0, -1)));
  }
}
