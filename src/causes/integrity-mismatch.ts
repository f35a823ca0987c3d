import { type Cause, ruledOut } from '../domain/cause.ts';
import { wantedRange } from '../domain/dependency.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { seenLine } from './parts/seen.ts';

/** The bytes that the registry serves are not those that the lockfile's integrity names: the client ends with EINTEGRITY. */
export const integrityMismatch: Cause = {
  code: 'NP504',
  slug: 'integrity-mismatch',
  title: "the registry's tarball differs from the lockfile's integrity",
  severity: 'error',
  needs: [],
  example: 'integrity-mismatch',
  weigh: ({ case: { result } }) =>
    result.kind === 'integrity-differs' ? { kind: 'confirmed', because: ['tarball'] } : ruledOut,
  state(clues) {
    const { dependency } = clues.case.target;
    const { result } = clues.case;
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
