import type { Clues } from '../../domain/cause.ts';
import { type Prefix, prefixUrl } from '../../domain/prefix.ts';
import { foundElsewhere } from './found-elsewhere.ts';

/**
 * Where the job's own GitLab has the package, when the registry's line names another address of its host: another relative root, scheme or port.
 * The same prefix first.
 */
export function ownAddress(clues: Clues): { registry: string; apiUrl: string } | null {
  const { prefix } = clues.case.target;
  const { apiUrl } = clues.run.environment;
  if (!prefix || apiUrl === null || isOwn(prefix, apiUrl)) return null;
  if (hostname(prefix.apiUrl) !== hostname(apiUrl)) return null;
  const found = foundElsewhere(clues).map(prefixUrl);
  const alike = prefixUrl({ ...prefix, apiUrl });
  const registry = found.includes(alike) ? alike : found[0];
  return registry === undefined ? null : { registry, apiUrl };
}

/** Whether a prefix lies below the API of the job's own GitLab. */
export function isOwn(prefix: Prefix, apiUrl: string): boolean {
  return URL.parse(prefix.apiUrl)?.href === URL.parse(apiUrl)?.href;
}

function hostname(url: string): string | null {
  return URL.parse(url)?.hostname ?? null;
}
