import type { Environment } from '../domain/environment.ts';
import type { AllowlistEntry } from '../domain/fix-report.ts';
import type { Finding } from '../domain/report.ts';

/** The entries that findings call for, and in sentences what they call for besides. */
export interface NeededEntries {
  entries: readonly AllowlistEntry[];
  byHand: readonly string[];
}

/**
 * One entry for each package project of which a finding says for certain that its allowlist does not name the consumer; never one for
 * what is only possible. `group` stands in for the project itself: one entry then lets in every project below it.
 */
export function neededEntries(
  findings: readonly Finding[],
  { apiUrl, consumer }: Environment,
  group: { id: number; path: string } | null,
): NeededEntries {
  const entries = new Map<number, AllowlistEntry>();
  const byHand: string[] = [];
  for (const finding of findings) {
    if (finding.cause === 'fine-grained-permission-missing' && finding.certainty === 'confirmed')
      byHand.push(`${finding.title}: the API can't set that${at(finding)}`);
    if (finding.cause !== 'not-on-allowlist') continue;
    if (finding.certainty === 'possible') {
      byHand.push(`not certain, so nothing is added: ${finding.title}`);
      continue;
    }
    const project = projectOf(finding, apiUrl, consumer?.id ?? null);
    if (project === null || consumer === null || consumer.id === null) {
      byHand.push(`the number of the project is not known: ${finding.title}${at(finding)}`);
      continue;
    }
    const known = entries.get(project);
    const packages = [...new Set([...(known?.packages ?? []), ...finding.packages])];
    const below = `${apiUrl}/projects/${project}/job_token_scope`;
    entries.set(project, {
      project,
      kind: group === null ? 'project' : 'group',
      adds: group?.path ?? consumer.path,
      request:
        group === null
          ? { method: 'POST', url: `${below}/allowlist`, data: { target_project_id: consumer.id } }
          : { method: 'POST', url: `${below}/groups_allowlist`, data: { target_group_id: group.id } },
      packages,
      state: 'needed',
      why: null,
    });
  }
  return { entries: [...entries.values()].sort((a, b) => a.project - b.project), byHand };
}

/** The package project of a finding whose remedy is exactly the request for the consumer's entry. */
function projectOf(
  { remedy: { request } }: Finding,
  apiUrl: string | null,
  consumer: number | null,
): number | null {
  if (request?.method !== 'POST' || apiUrl === null || !request.url.startsWith(`${apiUrl}/projects/`))
    return null;
  if (consumer === null || request.data.target_project_id !== consumer) return null;
  const match = /^(\d+)\/job_token_scope\/allowlist$/.exec(request.url.slice(`${apiUrl}/projects/`.length));
  return match?.[1] ? Number(match[1]) : null;
}

function at({ remedy: { url } }: Finding): string {
  return url === undefined ? '' : `, see ${url}`;
}
