import type { ClientFile } from '../../domain/client.ts';
import type { ClientWorld } from '../../domain/client-world.ts';
import { foldersUpward, pathsOf } from '../world-paths.ts';
import { heldSettings } from './held-settings.ts';
import { printableText } from './printable-line.ts';

/** A file at a place where people expect a client to look, and why it does not. `counts`: whether a text holds what the client would be asked for. */
export interface ExpectedFile {
  path: string;
  role: ClientFile['role'];
  why: string;
  counts?: (text: string) => boolean;
}

type Known = readonly Pick<ClientFile, 'path'>[];

const mostFoldersAbove = 8;

/** Those of the expected files that exist, each once, and are not among the `known` ones, which the client looks at or is said to pass over. */
export function passedOver(
  world: ClientWorld,
  known: Known,
  expected: readonly ExpectedFile[],
): readonly ClientFile[] {
  const seen = new Set(known.map(({ path }) => path));
  return expected.flatMap(({ path, role, why, counts }): ClientFile[] => {
    if (seen.has(path)) return [];
    seen.add(path);
    const file = world.files.read(path);
    if (file.kind !== 'text' || counts?.(file.text) === false) return [];
    return [{ path, role, state: 'not-read-by-client', why: printableText(why) }];
  });
}

/** A file that would be the user's: it counts where a registry or a credential stands in it. */
export function ofUser(world: ClientWorld, path: string, why: string): ExpectedFile {
  return { path, role: 'user', why, counts: () => holdsSettings(world, { path }) };
}

/** Whether a registry or a credential stands in a file. */
export function holdsSettings(world: ClientWorld, file: Pick<ClientFile, 'path'>): boolean {
  return heldSettings(world, file).keys.length > 0;
}

/** The values of the variables by which npm, pnpm and Yarn 1 are told the file of the user, as written. */
export function namedUserFiles({ env }: Pick<ClientWorld, 'env'>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value && /^(?:p?npm|yarn)_config_userconfig$|^yarn_userconfig$|^pnpm_config_npmrc_auth_file$/i.test(name)
      ? [value.trim()]
      : [],
  );
}

/**
 * The nearest `.npmrc` beside a package.json of a folder above the project that is no workspace root: people expect it to count below it (user reports),
 * and only Yarn 1 looks there (measured: w05; run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1, 3 and 4, Bun 1.4.5).
 */
export function fileAbove(world: ClientWorld, known: Known, why: string): readonly ClientFile[] {
  const paths = pathsOf(world);
  for (const folder of foldersUpward(world).slice(1, 1 + mostFoldersAbove)) {
    const path = paths.join(folder, '.npmrc');
    if (folder === world.workspaceRoot || known.some((file) => file.path === path)) return [];
    const exists = (name: string) => world.files.read(paths.join(folder, name)).kind === 'text';
    if (exists('.npmrc') && exists('package.json'))
      return [{ path, role: 'project', state: 'not-read-by-client', why }];
  }
  return [];
}
