import type { Clues, RunFacts } from '../../domain/cause.ts';
import { type ConfigProblem, registryReach } from '../../domain/client.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { hostOfKey } from './host-of-key.ts';
import { wouldCover } from './kept-key.ts';
import { uncoveredRequest } from './uncovered.ts';

/** A file that the client passes over. */
export type Ignored = Extract<ConfigProblem, { kind: 'ignored-file' }>;

/**
 * A file that is passed over and holds what this case lacks: the scope's registry, or a credential that the failing request would carry. A file that maps
 * the scope is meant to be where it is set up, with whichever credential of the host.
 */
export function ignoredFile(clues: Clues): Ignored | null {
  const files = clues.run.client.problems.filter((problem) => problem.kind === 'ignored-file');
  const scope = scopeOf(clues.case.target.dependency.name);
  const { result, target } = clues.case;
  // npm 12 takes no tarball from where no registry line leads
  const isUnled = result.kind === 'refused-by-client' && registryReach(target.registry) === 'default';
  if (result.kind === 'asks-public-registry' || (isUnled && result.request === 'tarball')) {
    const key = scope === null ? 'registry' : `${scope}:registry`;
    return files.find(({ keys }) => keys?.includes(key)) ?? null;
  }
  const uncovered = uncoveredRequest(clues);
  if (!uncovered) return null;
  const { host } = new URL(uncovered.request.url);
  return (
    files.find(
      ({ keys = [] }) =>
        keys.some((key) => wouldCover(clues, key)) ||
        (keys.includes(`${scope}:registry`) && keys.some((key) => hostOfKey(key) === host)),
    ) ?? null
  );
}

/** A path as a person finds it: relative to the project where it lies below it. */
export function shownPath({ project: { directory } }: Pick<RunFacts, 'project'>, path: string): string {
  const below = path.startsWith(directory) ? path.slice(directory.length) : '';
  return /^[\\/]/.test(below) ? below.slice(1).replaceAll('\\', '/') : path;
}
