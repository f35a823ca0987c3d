import { dirname, join } from 'node:path';
import { parse } from 'ini';
import { fileReader } from './files.ts';
import { findCommand, linkedTo, type SearchPlace, variable } from './search-path.ts';

/** An npm as it is installed: its start script and the folder of its package, `null` when unknown. */
export interface NpmInstallation {
  place: SearchPlace;
  command: string;
  folder: string | null;
}

/**
 * npm's global prefix: `npm_config_prefix`, else the `prefix` that npm's own `npmrc` brings along, else `PREFIX`, else the place
 * of the node that runs it (`DESTDIR` before it, except on Windows). `prefix` lines of a user's or project's file are not
 * looked at. `null` when no node is found. (npm's config loader.)
 */
export function npmPrefix(npm: NpmInstallation): string | null {
  const { place } = npm;
  const given = configVariable('prefix', place) ?? builtinPrefix(npm) ?? variable('PREFIX', place);
  if (given !== null && given !== '') return given;
  const node = nodeOf(npm);
  if (node === null) return null;
  if (place.platform === 'win32') return dirname(node);
  const prefix = dirname(dirname(node));
  const root = variable('DESTDIR', place);
  return root ? join(root, prefix) : prefix;
}

/** The file that npm reads as its global configuration unless `globalconfig` names another; `null` when no node is found. */
export function defaultGlobalConfig(npm: NpmInstallation): string | null {
  const prefix = npmPrefix(npm);
  return prefix === null ? null : join(prefix, 'etc', 'npmrc');
}

/** The registry URL that an installed npm asks by default, from its own config definitions (npm 6 to 12); `null` when not found. */
export function defaultRegistry(folder: string): string | null {
  const places = [
    ['node_modules', '@npmcli', 'config', 'lib', 'definitions', 'definitions.js'],
    ['lib', 'utils', 'config', 'definitions.js'],
    ['lib', 'config', 'defaults.js'],
  ];
  for (const parts of places) {
    const reading = fileReader.read(join(folder, ...parts));
    if (reading.kind !== 'text') continue;
    const url =
      /['"`]registry['"`],\s*\{\s*default:\s*['"`](https?:\/\/[^'"`\s]+)['"`]/.exec(reading.text)?.[1] ??
      /\bregistry:\s*['"`](https?:\/\/[^'"`\s]+)['"`]/.exec(reading.text)?.[1];
    if (url !== undefined && URL.canParse(url)) return url;
  }
  return null;
}

/** On Windows npm.cmd takes the node beside it; elsewhere the first on the path runs it. */
function nodeOf({ place, command }: NpmInstallation): string | null {
  if (place.platform === 'win32') {
    const beside = join(dirname(command), 'node.exe');
    if (fileReader.list(dirname(command)).some(({ name }) => name.toLowerCase() === 'node.exe'))
      return beside;
    return findCommand('node', place);
  }
  const node = findCommand('node', place);
  return node === null ? null : linkedTo(node);
}

function builtinPrefix({ folder, place }: NpmInstallation): string | null {
  if (folder === null) return null;
  const reading = fileReader.read(join(folder, 'npmrc'));
  if (reading.kind !== 'text') return null;
  const { prefix } = parse(reading.text);
  if (typeof prefix !== 'string' || prefix === '') return null;
  return prefix.replace(/(?<!\\)\$\{([^}]+)\}/g, (written, name: string) => variable(name, place) ?? written);
}

/** `npm_config_…` in any case, as npm reads its environment; empty counts as unset. */
function configVariable(name: string, { env }: SearchPlace): string | null {
  const key = Object.keys(env).find(
    (candidate) => candidate.toLowerCase() === `npm_config_${name}` && env[candidate],
  );
  return key === undefined ? null : (env[key] ?? null);
}
