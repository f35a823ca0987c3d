import type { Clues, Statement } from '../../domain/cause.ts';
import { observedJson } from '../../domain/observed-json.ts';
import { statusOf } from '../../domain/probe.ts';
import { failingRequest } from './failing-request.ts';
import { lockfileCommand } from './lockfile-command.ts';

/**
 * Whether the lockfile has no address for the tarball, and the one that the client makes up from registry, name and version is none of its
 * server's: GitLab serves tarballs at the prefix of their project alone, GitHub below /download/ (measured: clients.md, with a lockfile; user reports).
 */
export function isMadeUp(clues: Clues): boolean {
  const { dependency, prefix, metadata } = clues.case.target;
  const request = failingRequest(clues);
  if (request?.kind !== 'tarball' || metadata !== null) return false;
  if (dependency.from !== 'registry' || !dependency.locked || dependency.locked.tarball !== null)
    return false;
  if (statusOf(request.observation.outcome) !== 404) return false;
  if (clues.github) return isListed(clues, dependency.locked.version);
  return prefix?.kind === 'instance' || prefix?.kind === 'group';
}

/** Whether GitHub's metadata has the version that was locked. */
function isListed({ observation }: Clues, version: string): boolean {
  const answer = observedJson(observation('locked-metadata'));
  const versions =
    typeof answer === 'object' && answer !== null && 'versions' in answer ? answer.versions : null;
  return typeof versions === 'object' && versions !== null && Object.hasOwn(versions, version);
}

/** What the lockfile lacks, and how it gets the address: without one the client makes it up by the public registry's pattern. */
export function madeUpStatement(clues: Clues): Statement {
  const { client } = clues.run.client;
  const { dependency, tarball } = clues.case.target;
  const lockfile = clues.run.project.lockfile?.path ?? 'the lockfile';
  return {
    title: `${lockfile} has no address for the tarball of ${dependency.name}, and the one that ${client.name} makes up is none of ${tarball ? new URL(tarball.url).host : 'the registry'}`,
    seen: `${lockfile} has version and integrity alone; 404 at ${tarball?.url}`,
    location: dependency.locked?.source ?? dependency.source,
    remedy: {
      who: 'whoever maintains this repository',
      summary: `lock ${dependency.name} again where its registry is configured, so that ${lockfile} gets the address`,
      steps: [
        'the entry was made where another registry served the package: by its pattern the address needs no place in the lockfile',
        ...(client.name === 'pnpm'
          ? [
              'where the address is still missing then: lockfileIncludeTarballUrl: true in pnpm-workspace.yaml (lockfile-include-tarball-url=true in .npmrc up to 10.5)',
            ]
          : []),
        'commit the lockfile',
      ],
      command: lockfileCommand(clues, dependency.locked?.version ?? 'latest'),
    },
  };
}
