import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { settingsQuestion } from './settings-questions.ts';

/** The package project as a Maintainer sees it: number, path, visibility and the level of its registry (GitLab docs: Projects API). */
export const projectSettings: ProbeDefinition = {
  slug: 'project-settings',
  purpose: "with a Maintainer's token: tells who may read the registry of the project",
  questions: (subject) => settingsQuestion(subject, 'project-settings', ''),
};
