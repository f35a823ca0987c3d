import { observedJson } from '../domain/observed-json.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { settingsQuestion } from './settings-questions.ts';

/**
 * The job user among the members of the package project, inherited ones included. Whose token it is says the answer to `GET /job`
 * (GitLab docs: members API, `members/all/:user_id`).
 */
export const membership: ProbeDefinition = {
  slug: 'membership',
  questions(subject) {
    const job = observedJson(subject.case.observations.get('job')) as { user?: { id?: unknown } } | null;
    const id = job?.user?.id;
    if (typeof id !== 'number' || !Number.isSafeInteger(id)) return [];
    return settingsQuestion(subject, 'membership', `/members/all/${id}`);
  },
};
