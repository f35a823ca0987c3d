import semver from 'semver';
import { wantedRange } from '../../domain/dependency.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { type Observation, statusOf } from '../../domain/probe.ts';
import type { Case } from '../../domain/target.ts';
import { holdersNamedIn, isNamed } from './holders-named-in.ts';
import { listedVersions, metadataVersions } from './listed-versions.ts';
import { classifyMessage } from './message-class.ts';
import { observationsOf, refusalText } from './observed-body.ts';

/** What the packages API, or metadata of the project's own prefix, says that the project holds; `null` when neither did. */
export function heldVersions({ target, version, observations }: Case, project: PackageProject | null) {
  const { dependency } = target;
  const { name, locked } = dependency;
  const names = [project?.id == null ? null : String(project.id), project?.path ?? null];
  const of = (slug: string) => names.map((one) => observations.get(`${slug}:${one}`));
  const versions =
    [
      ...of('packages-api').map((observation) => listedVersions(observation, name)),
      ...[...of('holds-package'), ...of('as-nobody'), observations.get('locked-metadata')].map(
        metadataVersions,
      ),
      ...observationsOf(observations, 'other-prefixes')
        .filter(({ observation }) => isOfThisAlone(observation, project))
        .map(({ observation }) => metadataVersions(observation)),
    ].find((found) => found !== null) ?? null;
  if (versions === null) return null;
  if (versions.length === 0) return 'nothing';
  const wanted = locked?.version ?? version;
  const fits = wanted === null ? mayFit(wantedRange(dependency)) : (one: string) => one === wanted;
  if (wanted !== null && versions.includes(wanted) && isWithoutFile(observations)) return 'no-file';
  if (versions.some(fits)) return 'version';
  return versionsAnywhere(observations, name).some(fits) ? null : 'other-versions';
}

/** Somebody who may have the tarball is told that there is no such file: the only refusal of that route in these words, in which the API also says that there is no route (GitLab docs: delete files of a package). */
function isWithoutFile(observations: Case['observations']): boolean {
  return ['tarball', 'tarball-with-token', 'as-nobody:tarball'].some((probe) => {
    const { question, outcome } = observations.get(probe) ?? {};
    return (
      outcome !== undefined &&
      prefixOf(question?.url ?? '')?.kind === 'project' &&
      statusOf(outcome) === 404 &&
      classifyMessage(refusalText(outcome) ?? '') === 'not-found'
    );
  });
}

/** The versions that any project lists: where one has what another lacks, the package may be meant to come from there. */
function versionsAnywhere(observations: Case['observations'], name: string): readonly string[] {
  return [
    ...observationsOf(observations, 'packages-api').map(({ observation }) =>
      listedVersions(observation, name),
    ),
    ...['holds-package', 'as-nobody', 'other-prefixes'].flatMap((slug) =>
      observationsOf(observations, slug).map(({ observation }) => metadataVersions(observation)),
    ),
  ].flatMap((found) => found ?? []);
}

function isOfThisAlone(observation: Observation, project: PackageProject | null): boolean {
  const holders = holdersNamedIn(observation);
  return project?.id != null && holders.length > 0 && holders.every((holder) => isNamed(project, holder));
}

/** Whether a version may be one that a range means; a tag may mean any. */
function mayFit(range: string): (version: string) => boolean {
  const valid = semver.validRange(range);
  return (version) => valid === null || semver.satisfies(version, valid, { includePrerelease: true });
}
