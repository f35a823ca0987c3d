import { type Cause, type Clues, ruledOut, type Statement } from '../domain/cause.ts';
import { scopeOf, wantedRange } from '../domain/dependency.ts';
import { describeProject } from '../domain/package-project.ts';
import { describePrefix, prefixOf } from '../domain/prefix.ts';
import { serverMessage, statusOf } from '../domain/probe.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { sameSecret } from '../domain/secret.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { failingRequest } from './parts/failing-request.ts';
import { hiddenVersionsDecidedBy, mayHideVersions } from './parts/hidden-versions.ts';
import { listedVersions } from './parts/listed-versions.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { namedToday } from './parts/named-today.ts';
import { projectForPeople } from './parts/people.ts';
import { seenLine } from './parts/seen.ts';

const mostVersions = 5;

/** The package is there; no version fits the range or the lockfile. */
export const versionNotFound: Cause = {
  code: 'NP502',
  slug: 'version-not-found',
  title: 'the package is there, but no version fits',
  severity: 'error',
  needs: [
    'locked-metadata',
    'registry-metadata',
    'packages-api',
    'other-prefixes',
    'job',
    'holds-package',
    'as-nobody',
  ],
  example: 'version-not-published',
  ofPackage: true,
  weigh(clues) {
    const { result, observations, publishing } = clues.case;
    if (publishing) return ruledOut;
    if (result.kind === 'no-version')
      return mayHideVersions(clues)
        ? { kind: 'possible', because: ['metadata'], decidedBy: hiddenVersionsDecidedBy(clues) }
        : { kind: 'confirmed', because: ['metadata'] };
    if (result.kind !== 'tarball-failed' && result.kind !== 'metadata-failed') return ruledOut;
    if (withoutVersion(clues)) return { kind: 'confirmed', because: ['tarball', 'registry-metadata'] };
    const gone = fileGone(clues);
    if (gone === 'listed') return { kind: 'confirmed', because: ['tarball', 'packages-api'] };
    if (gone === 'likely')
      return { kind: 'possible', because: ['tarball'], decidedBy: 'the files on the page of that version' };
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
    if (clues.access?.withoutFile || fileGone(clues) !== null) return goneStatement(clues);
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

/**
 * Whether the file of a version was deleted, which leaves the version (GitLab docs: package registry, delete files of a package): no state of the project
 * explains a tarball that is not found. `listed`: the project lists the very version to the token that the client sends.
 */
function fileGone(clues: Clues): 'listed' | 'likely' | null {
  const { access, packageProject, case: one } = clues;
  const request = failingRequest(clues);
  if (request?.kind !== 'tarball' || access?.states !== 0 || prefixOf(request.url)?.kind !== 'project')
    return null;
  const { outcome } = request.observation;
  if (statusOf(outcome) !== 404 || !/^404 not found$/i.test(serverMessage(outcome)?.trim() ?? ''))
    return null;
  const secret = request.credential.kind === 'token' ? request.credential.secret : null;
  const own = clues.run.environment.credential.secret;
  const listed =
    packageProject !== null && one.version !== null && listedVersions(clues).includes(one.version);
  return listed && own !== null && secret !== null && sameSecret(own, secret) ? 'listed' : 'likely';
}

/** Whether a registry that is no forge's says 404 of the tarball that the lockfile names, and has other versions of the package. */
function withoutVersion(clues: Clues): readonly string[] | null {
  const { registry, tarball } = clues.case.target;
  const request = failingRequest(clues);
  if (request?.kind !== 'tarball' || statusOf(request.observation.outcome) !== 404) return null;
  if (!tarball || registry.url === null || !sameOrigin(tarball.url, registry.url)) return null;
  const today = namedToday(clues);
  return today?.kind === 'no-version' ? today.versions : null;
}

function goneStatement(clues: Clues): Statement {
  const { target, version } = clues.case;
  const label = `${target.dependency.name} ${version}`;
  const project = projectForPeople(clues.packageProject);
  return {
    title: isListed(clues)
      ? `${describeProject(clues.packageProject)} has ${label}, and its file is not there`
      : `${describeProject(clues.packageProject)} has no file of ${label}`,
    seen: seenLine(clues, 'place'),
    location: target.dependency.locked?.source ?? target.dependency.source,
    remedy: {
      who: `whoever publishes the package`,
      summary: `delete ${label} in ${project} and publish it again, or use another version`,
      steps: [
        `the package registry of ${describeProject(clues.packageProject)} shows ${isListed(clues) ? '' : 'whether it has '}the version without its .tgz: the file was deleted, or was never stored whole`,
        'a Maintainer deletes that version there, so that it can be published again',
      ],
    },
  };
}

/** Whether an answer named the version; a refusal of its file alone does not. */
function isListed(clues: Clues): boolean {
  const { version } = clues.case;
  return clues.access?.withoutFile === true || (version !== null && listedVersions(clues).includes(version));
}

function versionsOf(clues: Clues): readonly string[] {
  const { result } = clues.case;
  return result.kind === 'no-version' ? result.versions : (withoutVersion(clues) ?? listedVersions(clues));
}
