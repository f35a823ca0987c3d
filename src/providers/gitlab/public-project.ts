import type { Observation } from '../../domain/probe.ts';

/** A public project's own words about itself, from the answer to an anonymous request; `null` when there are none. */
export function readPublicProject(
  observation: Observation | undefined,
): { path: string; visibility: string } | null {
  const outcome = observation?.outcome;
  if (outcome?.kind !== 'answered' || outcome.status !== 200 || outcome.body.kind !== 'text') return null;
  try {
    const parsed: unknown = JSON.parse(outcome.body.text);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const { path_with_namespace: path, visibility } = parsed as Record<string, unknown>;
    if (typeof path !== 'string' || !/^[\w.-]+(\/[\w.-]+)+$/.test(path)) return null;
    return { path, visibility: typeof visibility === 'string' ? visibility : 'public' };
  } catch {
    return null;
  }
}
