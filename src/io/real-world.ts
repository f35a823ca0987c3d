import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { findClient } from './client-version.ts';
import { systemClock } from './clock.ts';
import { exportToGitHub } from './export-variables.ts';
import { fileReader, systemCode } from './files.ts';
import { createHttp } from './http.ts';
import { defaultGlobalConfig, defaultRegistry } from './npm-prefix.ts';
import { createPoster } from './post.ts';
import { createRestoreJournal } from './restore-journal.ts';
import type { World } from './world.ts';
import { removeFile, writeFileEdit } from './write-file.ts';

/** This machine: its files, its network, its package managers. `env` and `directory` are the process's. */
export function realWorld(options: {
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  directory: string;
  platform: NodeJS.Platform;
}): World {
  const { version, env, directory } = options;
  const platform = options.platform === 'win32' ? 'win32' : 'posix';
  const home = homeOf(env, platform);
  const journal = createRestoreJournal(stateFolder(env, home));
  return {
    version,
    env,
    directory,
    home,
    platform,
    macos: options.platform === 'darwin',
    rootUser: process.getuid?.() === 0 && !env.FAKEROOTKEY,
    files: fileReader,
    now: () => systemClock.now(),
    async findClient(name, from) {
      const place = { env, platform, directory: from } as const;
      const found = await findClient(name, place);
      if (found === null) return null;
      const { command, folder } = found;
      return {
        version: found.version,
        globalConfig: name === 'npm' ? defaultGlobalConfig({ place, command, folder }) : null,
        defaultRegistry: name === 'npm' && folder !== null ? defaultRegistry(folder) : null,
      };
    },
    http: (limits) => createHttp({ ...limits, version, env }),
    poster: (limits) => createPoster({ ...limits, version, env }),
    writeRestorable: (edit) => journal.write(edit),
    writeLasting: writeFileEdit,
    removeLasting: removeFile,
    restore: () => journal.restoreAll(),
    exportVariables: (variables) =>
      env.GITHUB_ENV ? exportToGitHub(env.GITHUB_ENV, variables) : 'GITHUB_ENV is not set',
  };
}

/** The user's home as clients see it: the variable before the user database. */
function homeOf(env: Readonly<Record<string, string | undefined>>, platform: 'posix' | 'win32'): string {
  return (platform === 'win32' ? env.USERPROFILE : env.HOME) || homedir();
}

/**
 * Where the journal for `restore` is kept: beside the job's own temporary files on GitLab and GitHub, else in the home; the first
 * place where this user may write. Never in the checkout.
 */
function stateFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const places = [
    ...(env.GITLAB_CI && env.CI_PROJECT_DIR ? [join(`${env.CI_PROJECT_DIR}.tmp`, 'npmrc-preflight')] : []),
    ...(env.RUNNER_TEMP ? [join(env.RUNNER_TEMP, 'npmrc-preflight')] : []),
    join(home, '.npmrc-preflight'),
  ];
  return places.find(isWritable) ?? join(home, '.npmrc-preflight');
}

/** Whether a folder can be written, or made below the nearest folder that is there. */
function isWritable(folder: string): boolean {
  for (let place = folder; ; place = dirname(place)) {
    try {
      accessSync(place, constants.W_OK);
      return true;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT' || dirname(place) === place) return false;
    }
  }
}
