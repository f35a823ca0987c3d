import type { ClientName } from '../domain/client.ts';
import type { Dependency } from '../domain/dependency.ts';
import type { Lockfile, LockfileGap } from '../domain/project.ts';
import type { Manifest } from './manifest.ts';
import { pnpmWorkspaceFile } from './pnpm-workspace.ts';

/** The lockfiles that a client makes itself. Bun takes over others, and by its own rules. */
const ownFormats: Readonly<Record<ClientName, readonly Lockfile['format'][]>> = {
  npm: ['package-lock', 'npm-shrinkwrap'],
  pnpm: ['pnpm-lock'],
  yarn: ['yarn-lock'],
  'yarn-berry': ['yarn-berry-lock'],
  bun: ['bun-lock'],
};

/** A lockfile as far as it tells what it was made for: `askedIn` are the names that a folder of the project (`''`: the root) asked for. */
export interface LockfileMade {
  lockfile: Lockfile;
  askedIn?: (location: string) => readonly string[] | null;
}

/**
 * Where the manifests and the lockfile part, so that an install that may not change the lockfile ends (run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1, 3
 * and 4, Bun 1.4.5). Only what each of them is sure to compare: direct dependencies of production and development from a registry that the lockfile holds nothing for,
 * and, where the lockfile repeats what was asked (pnpm, Yarn 2+, Bun), names that nothing asks for any more. `written` are the manifests as they stand, `adapted` as the
 * client takes them. pnpm folders that the lockfile does not know may have a lockfile of their own.
 */
export function lockfileGaps(
  client: ClientName,
  { lockfile, askedIn }: LockfileMade,
  dependencies: readonly Dependency[],
  { written, adapted }: { written: readonly Manifest[]; adapted: readonly Manifest[] },
): readonly LockfileGap[] {
  if (!ownFormats[client].includes(lockfile.format)) return [];
  const isKnown = ({ source }: Dependency) =>
    client !== 'pnpm' ||
    written.some(
      ({ location, file }) =>
        source.kind === 'file' && source.path === file.shown && askedIn?.(location) != null,
    );
  const missing = dependencies
    .filter(({ kind, from, locked }) => (kind === 'prod' || kind === 'dev') && from === 'registry' && !locked)
    .filter(({ source }) => source.kind === 'file' && source.path !== pnpmWorkspaceFile)
    .filter(isKnown)
    .map(
      ({ name, alias, requested, source }): LockfileGap => ({
        kind: 'missing',
        name: alias ?? name,
        requested,
        source,
      }),
    );
  const removed = written.flatMap(({ location, declarations }) => {
    const taken = adapted.find((manifest) => manifest.location === location)?.declarations;
    return (askedIn?.(location) ?? [])
      .filter((name) => !declarations.has(name) && taken?.has(name) !== true)
      .map(
        (name): LockfileGap => ({
          kind: 'removed',
          name,
          requested: null,
          source: { kind: 'file', path: lockfile.path, line: 1, column: 1 },
        }),
      );
  });
  return [...missing, ...removed];
}
