import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { settingsQuestion } from './settings-questions.ts';

/**
 * The rules that protect packages of the project (gitlabhq lib/api/project_packages_protection_rules.rb). For Maintainers only, and no
 * job token is taken.
 */
export const protectionRules: ProbeDefinition = {
  slug: 'protection-rules',
  questions: (subject) => settingsQuestion(subject, 'protection-rules', '/packages/protection/rules'),
};
