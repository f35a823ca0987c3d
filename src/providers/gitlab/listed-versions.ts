import { bodyJson } from '../../domain/body-json.ts';
import type { Observation } from '../../domain/probe.ts';

const page = 100;

/**
 * The versions of a package by the packages API, whose filter takes parts of names too (GitLab docs: Packages API); `null` when it did not
 * answer with the whole list.
 */
export function listedVersions(observation: Observation | undefined, name: string): readonly string[] | null {
  const outcome = observation?.outcome;
  if (outcome?.kind !== 'answered' || outcome.status !== 200 || outcome.body.kind !== 'text') return null;
  const parsed = bodyJson(outcome.body);
  if (!Array.isArray(parsed)) return null;
  const found = parsed.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return [];
    const { name: listed, version } = item as Record<string, unknown>;
    return listed === name && typeof version === 'string' ? [version] : [];
  });
  return parsed.length < page || found.length > 0 ? found : null;
}

/** The versions in a project's own metadata; `null` when it gave none. */
export function metadataVersions(observation: Observation | undefined): readonly string[] | null {
  const outcome = observation?.outcome;
  if (outcome?.kind !== 'answered' || outcome.status !== 200 || outcome.body.kind !== 'text') return null;
  const parsed = bodyJson(outcome.body);
  const versions =
    typeof parsed === 'object' && parsed !== null && 'versions' in parsed ? parsed.versions : null;
  return typeof versions === 'object' && versions !== null ? Object.keys(versions) : null;
}
