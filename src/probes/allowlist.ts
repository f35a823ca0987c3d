import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { listQuestions } from './settings-questions.ts';

/** The projects on the package project's allowlist, the project itself among them (GitLab docs: job token scope API). For Maintainers only. */
export const allowlist: ProbeDefinition = {
  slug: 'allowlist',
  questions: (subject) => listQuestions(subject, 'allowlist', '/job_token_scope/allowlist'),
};
