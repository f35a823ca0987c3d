import type { ClientFile } from '../domain/client.ts';
import type { FileReading } from '../domain/file-reader.ts';

/** A file that a client looks at, with how that went. */
export function lookedAt({ path, role }: Pick<ClientFile, 'path' | 'role'>, file: FileReading): ClientFile {
  if (file.kind === 'unreadable') return { path, role, state: file.kind, why: file.why };
  return { path, role, state: file.kind === 'text' ? 'read' : file.kind };
}
