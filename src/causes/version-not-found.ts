import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { wantedRange } from '../domain/dependency.ts';
import { statusOf } from '../domain/probe.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { listedVersions } from './parts/listed-versions.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { seenLine } from './parts/seen.ts';

const mostVersions = 5;

/** The package is there; no version fits the range or the lockfile. */
export const versionNotFound: Cause = {
  code: 'NP502',
  slug: 'version-not-found',
  title: 'the package is there, but no version fits',
  severity: 'error',
  needs: ['packages-api', 'other-prefixes', 'job'],
  example: 'version-not-published',
  weigh(clues) {
    const { result, observations } = clues.case;
    if (result.kind === 'no-version') return { kind: 'confirmed', because: ['metadata'] };
    if (result.kind !== 'tarball-failed' || statusOf(observations.get('tarball')?.outcome) !== 404)
      return ruledOut;
    return accessVerdict('version-not-found', clues, 'the versions on the package page of the project');
  },
  state(clues) {
    const { dependency } = clues.case.target;
    const versions = versionsOf(clues);
    const wanted = dependency.locked?.version ?? wantedRange(dependency);
    return {
      title: `no version of ${dependency.name} fits ${wanted}`,
      seen:
        versions.length > 0
          ? `the registry has ${versions.slice(-mostVersions).join(', ')}`
          : seenLine(clues, 'place'),
      location: dependency.source,
      remedy: {
        who: 'whoever maintains this repository, or publishes the package',
        summary: `ask for a version of ${dependency.name} that exists, or publish ${wanted}`,
        steps: [
          versions.length > 0
            ? `versions that exist: ${versions.slice(-mostVersions).join(', ')}`
            : 'the registry does not have this version: deleted after it was locked, or never published there',
          dependency.locked
            ? `lock it again after choosing one, or publish ${wanted} again`
            : `change the range, or publish a version that fits ${wanted}`,
        ],
        ...(dependency.locked ? { command: lockfileCommand(clues, 'latest') } : {}),
      },
    };
  },
};

function versionsOf(clues: Clues): readonly string[] {
  const { result } = clues.case;
  return result.kind === 'no-version' ? result.versions : listedVersions(clues);
}
