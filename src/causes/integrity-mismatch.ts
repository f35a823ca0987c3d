import { type Cause, ruledOut } from '../domain/cause.ts';
import { wantedRange } from '../domain/dependency.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { seenLine } from './parts/seen.ts';

/**
 * The bytes that the registry serves are not those that the lockfile's integrity names, or without a lockfile the metadata: the client ends
 * with EINTEGRITY.
 */
export const integrityMismatch: Cause = {
  code: 'NP504',
  slug: 'integrity-mismatch',
  title: "the registry's tarball differs from the lockfile's integrity",
  severity: 'error',
  needs: [],
  example: 'integrity-mismatch',
  ofPackage: true,
  weigh: ({ case: { result } }) =>
    result.kind === 'integrity-differs' ? { kind: 'confirmed', because: ['tarball'] } : ruledOut,
  state(clues) {
    const { dependency } = clues.case.target;
    const { result, version } = clues.case;
    if (!dependency.locked?.integrity) {
      return {
        title: `the tarball of ${dependency.name}@${version ?? wantedRange(dependency)} is not the one that its metadata describes`,
        seen:
          result.kind === 'integrity-differs'
            ? `metadata says ${result.expected}, served ${result.found}`
            : seenLine(clues),
        location: dependency.source,
        remedy: {
          who: 'whoever maintains the registry or the network',
          summary: `find out what changes the tarball of ${dependency.name} on its way`,
          steps: [
            'a cache or proxy in between may hold a damaged or an older tarball: have it emptied, then retry the job',
            'the same on every attempt: download the tarball beside the registry and compare; where the registry itself serves it, publish a new version',
          ],
        },
      };
    }
    return {
      title: `the tarball of ${dependency.name}@${dependency.locked?.version ?? wantedRange(dependency)} is not the one that was locked`,
      seen:
        result.kind === 'integrity-differs'
          ? `locked ${result.expected}, served ${result.found}`
          : seenLine(clues),
      location: dependency.locked?.source ?? dependency.source,
      remedy: {
        who: 'whoever publishes the package',
        summary: `find out why ${dependency.name} was published twice, then lock it again`,
        steps: [
          'the version was deleted and published again with other content, or the lockfile was made against another registry',
          'compare both tarballs before you trust the new one; then publish a new version or lock this one again',
        ],
        command: lockfileCommand(clues, dependency.locked?.version ?? 'latest'),
      },
    };
  },
};
