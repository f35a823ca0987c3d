import { dirname, resolve } from 'node:path';
import type { FileReader, FileReading } from '../../src/domain/file-reader.ts';

/** What stands at a path: a text, an empty folder, a file that can't be read, or a symbolic link to a folder (absolute). */
export type MemoryFile =
  | string
  | { kind: 'directory' }
  | { kind: 'unreadable'; why: string }
  | { kind: 'link'; to: string };

/**
 * A file system in memory: absolute paths with `/` to their content, folders implied. Links lead to folders and are followed, as a real one does it,
 * up to 40 on one path.
 */
export function memoryFiles(entries: Readonly<Record<string, MemoryFile>>): FileReader {
  const files = new Map<string, MemoryFile>();
  const folders = new Map<string, Map<string, 'directory' | 'file' | 'link'>>();
  const mention = (path: string, kind: 'directory' | 'file' | 'link'): void => {
    const parent = dirname(path);
    if (parent === path) return;
    const names = folders.get(parent) ?? new Map();
    folders.set(parent, names);
    const name = path.slice(parent.length).replace(/^[/\\]/, '');
    if (!names.has(name) || kind !== 'directory') names.set(name, kind);
    mention(parent, 'directory');
  };
  for (const [written, content] of Object.entries(entries)) {
    const path = resolve(written);
    files.set(path, content);
    const kind = typeof content === 'string' || content.kind === 'unreadable' ? 'file' : content.kind;
    if (kind === 'directory' && !folders.has(path)) folders.set(path, new Map());
    mention(path, kind);
  }

  const real = (written: string): string | null => {
    let path = resolve(written);
    for (let hop = 0; hop <= 40; hop += 1) {
      let head = path;
      let content = files.get(head);
      while (!(typeof content === 'object' && content.kind === 'link') && dirname(head) !== head) {
        head = dirname(head);
        content = files.get(head);
      }
      if (typeof content !== 'object' || content.kind !== 'link') return path;
      path = resolve(content.to) + path.slice(head.length);
    }
    return null;
  };

  return {
    read(written): FileReading {
      const path = real(written);
      if (path === null) return { kind: 'unreadable', why: 'too many symbolic links' };
      const content = files.get(path);
      if (typeof content === 'string') return { kind: 'text', text: content };
      if (typeof content === 'object' && content.kind === 'unreadable') return content;
      return folders.has(path) ? { kind: 'not-a-file' } : { kind: 'absent' };
    },
    list(written) {
      const path = real(written);
      const names = path === null ? undefined : folders.get(path);
      return [...(names ?? [])]
        .map(([name, kind]) => ({
          name,
          directory: kind !== 'file',
          ...(kind === 'link' ? { link: true } : {}),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
