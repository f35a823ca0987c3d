import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { settingsQuestion } from './settings-questions.ts';

/** The package project as a Maintainer sees it: number, path, visibility and the level of its registry (GitLab docs: Projects API). */
export const projectSettings: ProbeDefinition = {
  slug: 'project-settings',
  questions: (subject) => settingsQuestion(subject, 'project-settings', ''),
};
