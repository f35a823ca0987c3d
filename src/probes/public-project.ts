import { projectApiId } from '../domain/package-project.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { apiQuestion } from './package-questions.ts';

/**
 * The project as a stranger sees it: a public one tells its path and its visibility to anybody (GitLab docs: Projects API).
 * It tells a public project from others, and its path.
 */
export const publicProject: ProbeDefinition = {
  slug: 'public-project',
  questions({ run: { environment }, packageProject }) {
    const id = packageProject && projectApiId(packageProject);
    if (environment.apiUrl === null || !id) return [];
    return [apiQuestion('public-project', `${environment.apiUrl}/projects/${id}`, { kind: 'none' })];
  },
};
