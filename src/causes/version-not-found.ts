import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { scopeOf, wantedRange } from '../domain/dependency.ts';
import { describePrefix } from '../domain/prefix.ts';
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
  needs: ['locked-metadata', 'packages-api', 'other-prefixes', 'job', 'holds-package', 'as-nobody'],
  example: 'version-not-published',
  weigh(clues) {
    const { result, observations, publishing } = clues.case;
    if (publishing) return ruledOut;
    if (result.kind === 'no-version') return { kind: 'confirmed', because: ['metadata'] };
    if (result.kind !== 'tarball-failed' && result.kind !== 'metadata-failed') return ruledOut;
    const verdict = accessVerdict(
      'version-not-found',
      clues,
      'the versions on the package page of the project',
    );
    // A refusal says nothing of the versions; another answer may have listed them all.
    const says404 =
      result.kind === 'tarball-failed' && statusOf(observations.get('tarball')?.outcome) === 404;
    return says404 || verdict.kind === 'confirmed' ? verdict : ruledOut;
  },
  state(clues) {
    const { dependency } = clues.case.target;
    const versions = versionsOf(clues);
    const wanted = dependency.locked?.version ?? wantedRange(dependency);
    const prefix = clues.case.result.kind === 'no-version' ? clues.case.target.prefix : null;
    const place = prefix && `the ${describePrefix(prefix)} prefix`;
    const scope = scopeOf(dependency.name);
    return {
      title: place
        ? `${place} lists no version of ${dependency.name} that fits ${wanted}`
        : `no version of ${dependency.name} fits ${wanted}`,
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
          ...(prefix && prefix.kind !== 'project' && scope
            ? [
                `where several projects publish ${dependency.name}, this prefix may list the versions of the newest one alone: for another's, map ${scope} to …/api/v4/projects/<id>/packages/npm/ of the project that holds ${wanted}`,
              ]
            : []),
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
