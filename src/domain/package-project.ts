import { percentEncoded } from './percent-form.ts';
/**
 * The GitLab project whose registry holds a package. `id` and `path` are `null` while unknown; `name` is the last path segment
 * when only that is known (GitLab's messages name no more). `webUrl` is `null` without a path.
 */
export interface PackageProject {
  id: number | null;
  path: string | null;
  name: string | null;
  webUrl: string | null;
}

/** How messages name a project: its id, its path, both, or what little is known. */
export function describeProject(project: PackageProject | null): string {
  if (project?.id != null) return `project ${project.id}`;
  if (project?.path != null) return `project ${project.path}`;
  if (project?.name != null) return `the project "${project.name}"`;
  return 'the project of the package';
}

/** The form of a project that GitLab's API takes as `:id`; `null` when neither id nor path is known. */
export function projectApiId(project: PackageProject): string | null {
  if (project.id !== null) return String(project.id);
  return project.path === null ? null : percentEncoded(project.path);
}
