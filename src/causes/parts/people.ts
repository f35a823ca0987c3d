import type { RunFacts } from '../../domain/cause.ts';
import type { PackageProject } from '../../domain/package-project.ts';

/** How messages name the project whose job runs. */
export function consumerName(run: RunFacts): string {
  return run.environment.consumer?.path ?? 'the project of this job';
}

/** The consumer as the first words of a title. */
export function jobUserName(run: RunFacts): string {
  return run.environment.jobUser ?? 'the job user';
}

/** Whether a login is that of the bot behind a group or project access token (GitLab: `group_<id>_bot…`, `project_<id>_bot…`). */
export function isTokenBot(login: string): boolean {
  return /^(?:group|project)_\d+_bot(?:_?\w+)?$/.test(login);
}

/** A page below a project's settings; the project's id redirects to its home when the path is unknown. */
export function projectPage(run: RunFacts, project: PackageProject | null, page: string): string | null {
  if (project?.webUrl) return `${project.webUrl}${page}`;
  const { serverUrl } = run.environment;
  return project?.id != null && serverUrl !== null ? `${serverUrl}/projects/${project.id}` : null;
}

/** The page as a step names it: where only the project's home is known, `way` leads on from there. */
export function pageInWords(
  run: RunFacts,
  project: PackageProject | null,
  page: string,
  way: string,
): string {
  const url = projectPage(run, project, page);
  if (url === null) return `its ${way}`;
  return project?.webUrl ? url : `${url}, then ${way}`;
}

/** The project as a person finds it: `chaptesi/my-library (project 324)`. */
export function projectForPeople(project: PackageProject | null): string {
  if (project === null) return 'the project of the package';
  const { id, path, name } = project;
  if (path !== null) return id === null ? path : `${path} (project ${id})`;
  if (id !== null) return `project ${id}`;
  return name === null ? 'the project of the package' : `the project "${name}"`;
}
