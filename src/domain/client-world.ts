import type { FileReader } from './file-reader.ts';

/**
 * What a client can look at: places, environment and files. Paths are absolute, in the platform's form.
 * `workspaceRoot` is the folder that counts as the project for the client (the root of the workspaces);
 * `workspaceFolders` are the folders of its members, where they are known.
 * `globalConfig` is the client's global configuration file, `null` when it is not known.
 */
export interface ClientWorld {
  projectDirectory: string;
  workspaceRoot: string;
  workspaceFolders?: readonly string[];
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  platform: 'posix' | 'win32';
  /** Clients keep their own folders elsewhere on macOS. */
  macos?: boolean;
  /** The job runs as root: Yarn 1 then has another home for its settings. Left out: it does not. */
  rootUser?: boolean;
  files: FileReader;
  globalConfig: string | null;
}
