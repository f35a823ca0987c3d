export type FileReading =
  | { kind: 'text'; text: string }
  | { kind: 'absent' }
  | { kind: 'not-a-file' }
  | { kind: 'unreadable'; why: string };

/** The narrow view of a file system that readers get. Paths are absolute, in the platform's form. Nothing throws. */
export interface FileReader {
  /** A file's text as UTF-8, byte order mark kept. Follows symbolic links. */
  read(path: string): FileReading;
  /** Names in a directory, sorted; empty when it is none. `directory` follows symbolic links; `link` marks a name that is one. */
  list(path: string): readonly { name: string; directory: boolean; link?: boolean }[];
}
