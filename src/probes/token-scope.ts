import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { settingsQuestion } from './settings-questions.ts';

/**
 * Whether the package project's allowlist is in force, an administrator's enforcement included (GitLab docs: job token scope API,
 * `inbound_enabled`; lib/api/project_job_token_scope.rb). For Maintainers only.
 */
export const tokenScope: ProbeDefinition = {
  slug: 'token-scope',
  questions: (subject) => settingsQuestion(subject, 'token-scope', '/job_token_scope'),
};
