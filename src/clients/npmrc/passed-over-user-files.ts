import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { heldSettings } from './held-settings.ts';
import { printableText } from './printable-line.ts';

/** A file of the user at a place where people expect a client to look, and why it does not. */
export interface ExpectedUserFile {
  path: string;
  why: string;
}

/** Those files of the user that hold a registry or a credential and are not among the `known` ones, which the client looks at or is said to pass over. */
export function passedOverUserFiles(
  world: ClientWorld,
  known: readonly Pick<ClientFile, 'path'>[],
  expected: readonly ExpectedUserFile[],
): ClientFile[] {
  const seen = new Set(known.map(({ path }) => path));
  return expected.flatMap(({ path, why }): ClientFile[] => {
    if (seen.has(path) || heldSettings(world, { path }).keys.length === 0) return [];
    seen.add(path);
    return [{ path, role: 'user', state: 'not-read-by-client', why: printableText(why) }];
  });
}

/** The values of the variables by which npm, pnpm and Yarn 1 are told the file of the user, as written. */
export function namedUserFiles({ env }: Pick<ClientWorld, 'env'>): readonly { name: string; path: string }[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value && /^(?:p?npm|yarn)_config_userconfig$|^yarn_userconfig$|^pnpm_config_npmrc_auth_file$/i.test(name)
      ? [{ name, path: value.trim() }]
      : [],
  );
}
