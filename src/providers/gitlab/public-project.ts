import { bodyJson } from '../../domain/body-json.ts';
import { type Observation, statusOf } from '../../domain/probe.ts';
import { classifyMessage } from './message-class.ts';
import { refusalText } from './observed-body.ts';

/** A public project's own words about itself, from the answer to an anonymous request; `null` when there are none. */
export function readPublicProject(
  observation: Observation | undefined,
): { path: string; visibility: string } | null {
  const outcome = observation?.outcome;
  if (outcome?.kind !== 'answered' || outcome.status !== 200 || outcome.body.kind !== 'text') return null;
  const parsed = bodyJson(outcome.body);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { path_with_namespace: path, visibility } = parsed as Record<string, unknown>;
  if (typeof path !== 'string' || !/^[\w.-]+(\/[\w.-]+)+$/.test(path)) return null;
  return { path, visibility: typeof visibility === 'string' ? visibility : 'public' };
}

/** Whether a project is not shown to an anonymous request, as every public one is (GitLab docs: Projects API). */
export function isShownToNobody(observation: Observation | undefined): boolean {
  const { outcome } = observation ?? {};
  return (
    outcome !== undefined &&
    statusOf(outcome) === 404 &&
    classifyMessage(refusalText(outcome) ?? '') === 'project-not-found'
  );
}
