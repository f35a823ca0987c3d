import type { ClientName } from '../domain/client.ts';
import type { ClientNetwork } from '../domain/client-network.ts';
import type { ExemptionRule } from '../domain/exemption-rule.ts';
import type { FileReader } from '../domain/file-reader.ts';
import type { FileEdit } from '../domain/plan.ts';
import type { Http } from './http.ts';
import type { Poster, PosterOptions } from './post.ts';
import type { RestoredFile } from './restore-journal.ts';
import type { FileWrite } from './write-file.ts';

/**
 * A package manager found on this machine. `globalConfig` is its global configuration file, `defaultRegistry` the URL that it asks
 * where nothing is configured; `null` when unknown.
 */
export interface FoundClient {
  version: string;
  globalConfig: string | null;
  defaultRegistry?: string | null;
}

export interface HttpLimits {
  /** Milliseconds. */
  timeout: number;
  retries: number;
  concurrency: number | null;
  network: ClientNetwork | null;
  /** Whose rules for NO_PROXY and the like count. */
  exemptions: ExemptionRule;
}

/** Everything outside the program, as narrow as it is used. The real one is `realWorld`; a demo brings its own. */
export interface World {
  /** Version of this program. */
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The folder the program was started in. */
  directory: string;
  home: string;
  platform: 'posix' | 'win32';
  macos?: boolean;
  /** The process runs as root. */
  rootUser?: boolean;
  files: FileReader;
  /** Milliseconds since 1970. */
  now(): number;
  findClient(name: ClientName, directory: string): Promise<FoundClient | null>;
  http(limits: HttpLimits): Http;
  /** The way to change something on the one server at `origin`. */
  poster(limits: Pick<PosterOptions, 'origin' | 'timeout' | 'network' | 'exemptions'>): Poster;
  /** Writes a file so that `restore` can take it back. */
  writeRestorable(edit: FileEdit): FileWrite;
  /** Writes a file that stays, such as a report. */
  writeLasting(edit: FileEdit): FileWrite;
  /**
   * Takes away a file that `writeLasting` made in an earlier run, or a link there; the reason when that fails, `null` when it is gone. No link on the
   * way to its folder may lead out of `within`.
   */
  removeLasting(path: string, within?: string): string | null;
  restore(): readonly RestoredFile[];
  /** Makes variables known to later steps of the job; the reason when that fails, `null` when it worked. */
  exportVariables(variables: Readonly<Record<string, string>>): string | null;
}
