import type { Cause } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import { lockfileCommand } from './parts/lockfile-command.ts';
import { seenLine } from './parts/seen.ts';

/** The project of a prefix or a locked tarball does not exist: deleted, or a wrong id (GitLab model, section 4: the packages API tells). */
export const projectNotFound: Cause = {
  code: 'NP305',
  slug: 'project-not-found',
  title: 'the project of the prefix or of the lockfile does not exist',
  severity: 'error',
  needs: [...accessProbes, 'other-prefixes'],
  example: 'project-deleted',
  weigh: (clues) =>
    accessVerdict(
      'project-not-found',
      clues,
      `somebody with access opens ${describeProject(clues.packageProject)} in the browser: a page means that it exists`,
    ),
  state: (clues) => {
    const project = describeProject(clues.packageProject);
    const { dependency } = clues.case.target;
    const fromLock = clues.case.target.metadata === null;
    return {
      title: `${project} does not exist on this server`,
      seen: seenLine(clues),
      location: fromLock ? (dependency.locked?.source ?? null) : clues.case.target.registry.source,
      remedy: {
        who: 'whoever maintains this repository',
        summary: fromLock
          ? `lock ${dependency.name} again, from where it is published now`
          : `name the project that publishes ${dependency.name}`,
        steps: fromLock
          ? [
              `the lockfile names a tarball of ${project}, which is gone: deleted, or its packages were published elsewhere`,
              'find the project that publishes the package now, then lock it again',
            ]
          : [
              `the registry line for ${dependency.name} names ${project}`,
              'replace the id by that of the project that publishes the package (shown on its overview page), or use the instance prefix',
            ],
        ...(fromLock ? { command: lockfileCommand(clues, 'latest') } : {}),
      },
    };
  },
};
