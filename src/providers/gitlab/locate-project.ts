import type { RunFacts } from '../../domain/cause.ts';
import { isForwarded } from '../../domain/own-answer.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { statusOf } from '../../domain/probe.ts';
import type { Case } from '../../domain/target.ts';
import { asksAnotherServer } from './asks-another-server.ts';
import { listedVersions } from './listed-versions.ts';
import { projectNamedIn } from './message-class.ts';
import { observationsOf, refusalText } from './observed-body.ts';
import { readPublicProject } from './public-project.ts';

/**
 * The project that holds the package of a failing case, from the tarball's prefix, the registry's, the one that proves to hold it,
 * the answers to the packages API and the names in refusals. A path is only taken when it proves to hold the package: two
 * projects may bear one name. `byName: false` takes no path for the project of an id that only bears the same name as a holder.
 */
export function locateProject(
  run: RunFacts,
  failing: Case,
  { byName } = { byName: true },
): PackageProject | null {
  const { apiUrl, serverUrl, consumer } = run.environment;
  if (apiUrl === null) return null;
  // numbers and paths mean other projects on another server
  if (asksAnotherServer(run, failing)) return anotherProject(failing);
  const name = nameInRefusals(failing);
  const ofTarget = projectOfTarget(failing);
  const given = ofTarget ?? provenHolder(failing) ?? projectByPackagesApi(failing, name);
  const numeric = given !== null && /^\d+$/.test(given) ? Number(given) : null;
  const own = numeric !== null && numeric === consumer?.id ? consumer.path : null;
  const shown =
    readPublicProject(failing.observations.get('public-project')) ??
    (given === null ? null : readPublicProject(failing.observations.get(`project-settings:${given}`)));
  const path =
    shown?.path ??
    (given !== null && numeric === null ? given : null) ??
    own ??
    (numeric === null || !byName ? null : provenPath(failing, name));
  return {
    id: numeric ?? (path !== null && path === consumer?.path ? consumer.id : null),
    path,
    name: path?.split('/').at(-1) ?? name,
    webUrl: path !== null && serverUrl !== null ? `${serverUrl}/${path}` : null,
  };
}

/** A project of which no more is known than the name that refusals give to it. */
export function anotherProject(failing: Case): PackageProject {
  return { id: null, path: null, name: nameInRefusals(failing), webUrl: null };
}

function projectOfTarget({ target }: Case): string | null {
  for (const url of [target.tarball?.url, target.dependency.locked?.tarball, target.registry.url]) {
    const prefix = url ? prefixOf(url) : null;
    if (prefix?.kind === 'project') return prefix.project;
  }
  return null;
}

/** The project that is not forwarded for this package though it forwards for a name that nobody holds: it holds the package. */
function provenHolder({ observations }: Case): string | null {
  const holders = holdersOf(observations);
  return holders.find((holder) => /^\d+$/.test(holder)) ?? holders[0] ?? null;
}

/** The one path that proves to hold the package and bears the name which refusals give to its project. */
function provenPath({ observations }: Case, name: string | null): string | null {
  const paths = holdersOf(observations).filter((holder) => name !== null && holder.endsWith(`/${name}`));
  return paths.length === 1 ? (paths[0] ?? null) : null;
}

function holdersOf(observations: Case['observations']): readonly string[] {
  return observationsOf(observations, 'holds-package').flatMap(({ detail, observation }) => {
    const control = observations.get(`holds-nothing:${detail}`);
    const status = statusOf(observation.outcome) ?? 0;
    const refused = [401, 403, 404].includes(status) && !isForwarded(observation);
    return status === 200 || (refused && control !== undefined && isForwarded(control)) ? [detail] : [];
  });
}

/** The name that GitLab's own refusals give to the project, from the requests that are surely about it. */
function nameInRefusals({ target, observations }: Case): string | null {
  const sure = ['metadata', 'metadata-with-token', 'tarball', 'tarball-with-token'];
  const texts = sure.flatMap((probe) => {
    const text = refusalText(observations.get(probe)?.outcome ?? { kind: 'skipped', why: '' });
    return text === null ? [] : [text];
  });
  const located = projectOfTarget({ target, observations, result: { kind: 'ok' }, version: null });
  if (located !== null) {
    const api = observations.get(`packages-api:${located}`);
    const text = api && refusalText(api.outcome);
    if (text) texts.push(text);
  }
  for (const text of texts) {
    const name = projectNamedIn(text);
    if (name !== null) return name;
  }
  return null;
}

/** Of the projects asked by id, the one that lists the package, else the only one whose refusal bears the known name. */
function projectByPackagesApi({ target, observations }: Case, name: string | null): string | null {
  const asked = observationsOf(observations, 'packages-api');
  const holding = asked.filter(
    ({ observation }) => (listedVersions(observation, target.dependency.name) ?? []).length > 0,
  );
  if (holding.length === 1) return holding[0]?.detail ?? null;
  if (name === null) return null;
  const bearing = asked.filter(
    ({ observation }) => projectNamedIn(refusalText(observation.outcome) ?? '') === name,
  );
  return bearing.length === 1 ? (bearing[0]?.detail ?? null) : null;
}
