import type { FileReader } from '../domain/file-reader.ts';
import type { FileEdit } from '../domain/plan.ts';

/** The files as they will be once the edits are carried out: what a dry run judges, and what a client will read afterwards. */
export function overlayFiles(files: FileReader, edits: readonly FileEdit[]): FileReader {
  const planned = new Map(edits.map(({ path, after }) => [path, after]));
  return {
    read(path) {
      const text = planned.get(path);
      return text === undefined ? files.read(path) : { kind: 'text', text };
    },
    list: (path) => files.list(path),
  };
}
