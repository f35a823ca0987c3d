import semver from 'semver';
import type { Role } from '../domain/access-state.ts';
import { scopeOf } from '../domain/dependency.ts';
import { isAtLeast } from '../providers/gitlab/access-predicates.ts';
import type { GitLabModel, GroupModel, PackageModel, ProjectModel } from './model.ts';

/** The project of an `:id` (number or full path, decoded; case does not matter), `null` when there is none. */
export function findProject(model: GitLabModel, id: string): ProjectModel | null {
  return byIdOrPath(model.projects, id);
}

/** The group of an `:id`, as `findProject`. */
export function findGroup(model: GitLabModel, id: string): GroupModel | null {
  return byIdOrPath(model.groups, id);
}

/** The user's highest role in a project or group: its own memberships and those of the groups above. */
export function roleIn(model: GitLabModel, login: string, path: string): Role {
  return model.memberships
    .filter((one) => one.user === login && isSameOrBelow(path, one.in))
    .reduce<Role>(
      (highest, one) => (isAtLeast(one.role, highest) ? one.role : highest),
      ownRole(model, login, path),
    );
}

/** Whether a group can be seen by a user (`null` for nobody): by visibility, or by a membership in it, above or below it. */
export function isGroupVisible(model: GitLabModel, login: string | null, group: GroupModel): boolean {
  if (group.visibility === 'public') return true;
  if (login === null) return false;
  const external = model.users.find((user) => user.login === login)?.external ?? true;
  if (group.visibility === 'internal' && !external) return true;
  return model.memberships.some(
    (one) => one.user === login && (isSameOrBelow(group.path, one.in) || isSameOrBelow(one.in, group.path)),
  );
}

/** Whether the root group forwards absent packages; the group's setting beats the instance's (spec rows, section 7). */
export function forwards(model: GitLabModel, path: string | null): boolean {
  const root = path === null ? null : model.groups.find((group) => sameText(group.path, rootOf(path)));
  return root?.forwarding ?? model.settings.forwarding;
}

/**
 * The root namespace (group or user) that a package's scope names, `null` for unscoped names and other scopes.
 * Case does not matter (GitLab model, section 3).
 */
export function namespaceOf(model: GitLabModel, packageName: string): string | null {
  const scope = scopeOf(packageName)?.slice(1);
  if (scope === undefined) return null;
  const roots = [
    ...model.groups.map((group) => group.path).filter((path) => !path.includes('/')),
    ...model.users.map((user) => user.login),
  ];
  return roots.find((root) => sameText(root, scope)) ?? null;
}

/** Versions of a package below a namespace (full path; a project's own path gives that project's), oldest first. */
export function packagesBelow(model: GitLabModel, path: string, name: string): readonly PackageModel[] {
  return model.packages
    .filter((one) => one.name === name && isSameOrBelow(one.project, path))
    .toSorted((a, b) => a.id - b.id);
}

/** Dist-tags over the given versions: those that were set, and `latest` for the highest version where none was. */
export function distTags(
  model: GitLabModel,
  versions: readonly PackageModel[],
): Readonly<Record<string, string>> {
  const projects = new Set(versions.map((one) => one.project));
  const name = versions[0]?.name;
  const set = model.tags.filter((one) => one.name === name && projects.has(one.project));
  const latest = versions
    .map((one) => one.version)
    .toSorted(compareVersions)
    .at(-1);
  const automatic = latest === undefined ? [] : [['latest', latest] as const];
  return Object.fromEntries([...automatic, ...set.map((one) => [one.tag, one.version] as const)]);
}

/** Whether `path` is `above` or lies below it. */
export function isSameOrBelow(path: string, above: string): boolean {
  return sameText(path, above) || path.toLowerCase().startsWith(`${above.toLowerCase()}/`);
}

/** The first segment of a full path. */
export function rootOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}

function compareVersions(a: string, b: string): number {
  return semver.valid(a) && semver.valid(b) ? semver.compareBuild(a, b) : a < b ? -1 : 1;
}

/** A user owns what lies in the namespace of their own login. */
function ownRole(model: GitLabModel, login: string, path: string): Role {
  const isGroup = model.groups.some((group) => sameText(group.path, login));
  return !isGroup && sameText(rootOf(path), login) ? 'owner' : 'none';
}

function byIdOrPath<T extends { id: number; path: string }>(list: readonly T[], id: string): T | null {
  const found = /^\d+$/.test(id)
    ? list.find((one) => String(one.id) === id)
    : list.find((one) => sameText(one.path, id));
  return found ?? null;
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
