import type { ConsumerProject, Environment } from './environment.ts';
import { prefixUrl } from './prefix.ts';

/** A project as the routes of GitLab take it: its number, where that is not known its path. */
export function routeName({ id, path }: ConsumerProject): string {
  return String(id ?? path);
}

/** The registry of the job's own project; `null` off GitLab. */
export function ownRegistry({ apiUrl, consumer }: Environment): string | null {
  return apiUrl === null || consumer === null
    ? null
    : prefixUrl({ kind: 'project', apiUrl, project: routeName(consumer) });
}

/** Whether the number or path of a project, as it stands in an address, is that of the job's own. */
export function isOwnProject({ consumer }: Environment, project: string): boolean {
  if (consumer === null) return false;
  return project === String(consumer.id) || project.toLowerCase() === consumer.path.toLowerCase();
}
