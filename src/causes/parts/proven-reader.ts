import type { Clues } from '../../domain/cause.ts';
import { roleOfJobUser } from '../../domain/publishing.ts';

/** Whether GitLab said of the job user that they are Reporter or more in the project, which is then the job's own. */
export function isProvenReader({ observation }: Clues): boolean {
  const role = roleOfJobUser(observation('allowed-agents'));
  return role !== null && !['none', 'guest', 'planner'].includes(role);
}
