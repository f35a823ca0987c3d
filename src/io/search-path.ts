import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EnvironmentVariables } from './proxy-settings.ts';

/** Where commands are looked for. `directory` is what relative entries of the path start from. */
export interface SearchPlace {
  env: EnvironmentVariables;
  platform: 'posix' | 'win32';
  directory: string;
}

/** The absolute path of the first file that a shell would run for a command, links not followed; `null` when there is none. */
export function findCommand(name: string, place: SearchPlace): string | null {
  const windows = place.platform === 'win32';
  const folders = (variable('PATH', place) ?? '').split(windows ? ';' : ':');
  const extensions = windows ? (variable('PATHEXT', place) ?? '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  for (const written of folders) {
    const folder = windows ? written.replace(/^"(.*)"$/, '$1') : written;
    if (windows && folder === '') continue;
    for (const extension of extensions) {
      const path = join(resolve(place.directory, folder), `${name}${extension.toLowerCase()}`);
      if (isRunnable(path, windows)) return path;
    }
  }
  return null;
}

/** A variable's value; on Windows names match in any case. */
export function variable(
  name: string,
  { env, platform }: Pick<SearchPlace, 'env' | 'platform'>,
): string | null {
  const exact = env[name];
  if (exact !== undefined || platform === 'posix') return exact ?? null;
  const key = Object.keys(env).find((candidate) => candidate.toUpperCase() === name.toUpperCase());
  return key === undefined ? null : (env[key] ?? null);
}

/** The path with every link followed; the path itself when that fails. */
export function linkedTo(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isRunnable(path: string, windows: boolean): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    if (!windows) accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
