import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { listQuestions } from './settings-questions.ts';

/** The groups on the package project's allowlist; each lets every project below it in (GitLab docs: job token scope API). For Maintainers only. */
export const groupsAllowlist: ProbeDefinition = {
  slug: 'groups-allowlist',
  questions: (subject) => listQuestions(subject, 'groups-allowlist', '/job_token_scope/groups_allowlist'),
};
