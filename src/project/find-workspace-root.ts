import { dirname, join, relative, sep } from 'node:path';
import type { ClientName } from '../domain/client.ts';
import type { FileReader } from '../domain/file-reader.ts';
import { readManifest } from './manifest.ts';
import { pnpmWorkspaceFile } from './pnpm-workspace.ts';
import { findWorkspaceFolders } from './workspace-folders.ts';

/** Folders that are looked at upwards; bounds a loop of links. */
const mostFoldersUp = 64;

/**
 * The root of the workspaces that a folder (absolute) is one of, the folder itself when it is none: the nearest folder above it whose package.json names
 * it in `workspaces`, for pnpm the nearest that has a pnpm-workspace.yaml (measured: w01-w06).
 */
export function findWorkspaceRoot(files: FileReader, directory: string, client: ClientName): string {
  let folder = directory;
  for (let step = 0; step < mostFoldersUp; step += 1) {
    if (client === 'pnpm' && files.read(join(folder, pnpmWorkspaceFile)).kind === 'text') return folder;
    if (client !== 'pnpm' && folder !== directory && names(files, folder, directory)) return folder;
    if (dirname(folder) === folder) break;
    folder = dirname(folder);
  }
  return directory;
}

function names(files: FileReader, root: string, directory: string): boolean {
  const reading = readManifest(files, root, '');
  if (reading.kind !== 'manifest' || reading.manifest.workspacePatterns.length === 0) return false;
  const folders = findWorkspaceFolders(files, root, reading.manifest.workspacePatterns);
  return Array.isArray(folders) && folders.includes(relative(root, directory).split(sep).join('/'));
}
