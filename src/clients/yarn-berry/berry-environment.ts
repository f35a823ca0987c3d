import type { ClientStop } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { printableText } from '../npmrc/printable-line.ts';
import { type Variables, variablesOf } from '../npmrc/references.ts';
import { resolveFrom } from './berry-paths.ts';
import { expandBerry } from './berry-references.ts';
import type { BerryRules } from './berry-rules.ts';
import type { RcValue } from './berry-value.ts';

const prefix = 'yarn_';
/** Variables with Yarn's prefix that are no settings (@yarnpkg/core, all versions together). */
const noSettings = new Set(
  'isTestEnv injectNpmUser injectNpmPassword injectNpm2FaToken zipDataEpilogue cacheCheckpointOverride cacheVersionOverride lockfileVersionOverride osOverride cpuOverride libcOverride binFolder version flags profile gpg ignoreNode wrapOutput home confDir registry ignoreScripts ignoreCwd rcFilename plugins'.split(
    ' ',
  ),
);

/** The settings that variables give: `YARN_NPM_AUTH_TOKEN` is `npmAuthToken`, in any case (measured: y13, y13b, fy6). */
export function environmentSettings(world: ClientWorld): ReadonlyMap<string, RcValue> {
  const settings = new Map<string, RcValue>();
  for (const [name, text] of Object.entries(world.env)) {
    const lower = name.toLowerCase();
    if (text === undefined || !lower.startsWith(prefix)) continue;
    const key = camelCase(lower.slice(prefix.length));
    if (!noSettings.has(key)) settings.set(key, { kind: 'text', text, place: { kind: 'env', name } });
  }
  return settings;
}

/** The name of the files of settings: `YARN_RC_FILENAME` in any case, else `.yarnrc.yml`. */
export function rcFileName(world: ClientWorld): { name: string; variable: string | null } {
  for (const [name, value] of Object.entries(world.env)) {
    if (name.toLowerCase() === `${prefix}rc_filename` && value) return { name: value, variable: name };
  }
  return { name: '.yarnrc.yml', variable: null };
}

/** Whether a variable makes Yarn load plugins, which may bring settings of their own. */
export function namesPlugins(world: ClientWorld): boolean {
  return Object.entries(world.env).some(
    ([name, value]) => value && name.toLowerCase() === `${prefix}plugins`,
  );
}

function camelCase(words: string): string {
  return words
    .replace(/^[_.\- ]+/, '')
    .replace(/[_.\- ]+([\p{L}\p{N}_]|$)/gu, (_, letter: string) => letter.toUpperCase())
    .replace(/\d+([\p{L}\p{N}_]|$)/gu, (found) => found.toUpperCase());
}

/** The variables that references are replaced by, and why Yarn ends before it has them (`null`: it does not). */
export interface BerryVariables {
  variables: Variables;
  stop: ClientStop | null;
}

/**
 * The environment, and from Yarn 4 on what the files of `injectEnvironmentFiles` say, which wins over it: `.env.yarn` of the folder in which Yarn runs
 * unless a setting names others (measured: `yarn config get` on 3.8.7 and 4.0.2 to 4.18.1).
 */
export function berryVariables(
  world: ClientWorld,
  rules: BerryRules,
  setting: RcValue | undefined,
): BerryVariables {
  const own = variablesOf(world.env, world.platform);
  if (!rules.environmentFiles) return { variables: own, stop: null };
  const given = new Map<string, string>();
  let stop: ClientStop | null = null;
  for (const { path, optional, value } of environmentFiles(world, setting)) {
    const file = world.files.read(path);
    if (file.kind === 'text') {
      for (const [name, text] of assignments(file.text)) {
        const expanded = expandBerry(text, (wanted) => given.get(wanted) ?? own(wanted), rules.references);
        if (expanded.kind === 'expanded') given.set(name, expanded.text);
      }
    } else if (!optional && value) {
      const { place } = value;
      stop ??= {
        code: 'Internal Error',
        message: `ENOENT: no such file or directory, open '${printableText(path)}'`,
        source:
          place.kind === 'env'
            ? place
            : { kind: 'file', path: place.file.shown, line: place.line, column: place.column },
      };
    }
  }
  return { variables: (name) => given.get(name) ?? own(name), stop };
}

interface EnvironmentFile {
  path: string;
  optional: boolean;
  value: RcValue | null;
}

function environmentFiles(world: ClientWorld, setting: RcValue | undefined): readonly EnvironmentFile[] {
  const values = setting?.kind === 'list' ? setting.items : setting ? [setting] : [];
  const named = values.flatMap((value): EnvironmentFile[] => {
    if (value.kind !== 'text') return [];
    const folder = value.place.kind === 'file' ? value.place.file.folder : world.projectDirectory;
    const texts = setting?.kind === 'list' ? [value.text] : value.text.split(',');
    return texts.map((text) => {
      const optional = text.endsWith('?');
      return { path: resolveFrom(world, folder, optional ? text.slice(0, -1) : text), optional, value };
    });
  });
  if (setting) return named;
  return [{ path: resolveFrom(world, world.projectDirectory, '.env.yarn'), optional: true, value: null }];
}

/** The assignments of a file of variables: `NAME=value`, quotes around a value taken off, a comment behind it left out. */
function* assignments(text: string): Generator<[string, string]> {
  for (const line of text.split(/\r\n|\n|\r/)) {
    const match = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*|:\s+)(.*)$/.exec(line);
    const [, name, rest = ''] = match ?? [];
    if (name === undefined) continue;
    const quoted = /^(["'`])(.*?)\1\s*(?:#.*)?$/.exec(rest);
    const value = quoted?.[2] ?? rest.replace(/#.*$/, '').trim();
    yield [name, quoted?.[1] === '"' ? value.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : value];
  }
}
