import type { AccessState } from '../domain/access-state.ts';
import { listsPackages } from '../providers/gitlab/access-rules.ts';
import { accessStateOf, type Subject } from './access-state-of.ts';
import { findGroup, findProject, namespaceOf, packagesBelow } from './look-up.ts';
import type { GitLabModel, GroupModel, PackageModel, ProjectModel } from './model.ts';
import type { Caller } from './presented-token.ts';

/** Where an npm route hangs: the prefix and what its `:id` (decoded, empty for the instance) stands for. */
export type Place =
  | { prefix: 'instance' }
  | { prefix: 'group'; group: GroupModel | null }
  | { prefix: 'project'; project: ProjectModel | null };

/** The place of a prefix and id. */
export function placeOf(model: GitLabModel, prefix: Place['prefix'], id: string): Place {
  if (prefix === 'group') return { prefix, group: findGroup(model, id) };
  return prefix === 'project' ? { prefix, project: findProject(model, id) } : { prefix };
}

/** Every version that a name has at a place, oldest first, whoever asks. */
export function versionsAt(model: GitLabModel, place: Place, name: string): readonly PackageModel[] {
  const path =
    place.prefix === 'instance'
      ? namespaceOf(model, name)
      : place.prefix === 'group'
        ? place.group?.path
        : place.project?.path;
  return path == null ? [] : packagesBelow(model, path, name);
}

/** What a route at a place is about: the project of the prefix, else the project of the newest package of that name. */
export function subjectAt(model: GitLabModel, place: Place, name: string, need: 'read' | 'admin'): Subject {
  if (place.prefix === 'project') return { project: place.project, packageName: name, need };
  const newest = versionsAt(model, place, name).at(-1);
  const project = newest === undefined ? null : findProject(model, newest.project);
  return { project, packageName: name, need, ...(place.prefix === 'group' && { group: place.group }) };
}

/** The projects that hold a name at a place with their states, newest package first; empty when none does. */
export function holdersAt(
  model: GitLabModel,
  caller: Caller,
  place: Place,
  name: string,
): readonly { path: string; state: AccessState }[] {
  const paths = new Set(
    versionsAt(model, place, name)
      .map((one) => one.project)
      .toReversed(),
  );
  const subject = subjectAt(model, place, name, 'read');
  return [...paths].map((path) => ({
    path,
    state: accessStateOf(model, caller, { ...subject, project: findProject(model, path) }),
  }));
}

/**
 * The versions that metadata shows once it is granted: V2 merges the projects whose packages the caller may list, V1 and the project
 * prefix answer for one project (GitLab model, section 2).
 */
export function shownVersions(
  model: GitLabModel,
  place: Place,
  name: string,
  holders: readonly { path: string; state: AccessState }[],
): readonly PackageModel[] {
  const versions = versionsAt(model, place, name);
  if (place.prefix === 'project') return versions;
  const shown =
    model.settings.variant === 'V2' ? holders.filter((one) => listsPackages(one.state)) : holders.slice(0, 1);
  return versions.filter((one) => shown.some((holder) => holder.path === one.project));
}
