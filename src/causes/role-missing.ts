import type { Cause, Clues } from '../domain/cause.ts';
import { describeProject, projectApiId } from '../domain/package-project.ts';
import type { Remedy } from '../domain/remedy.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import { jobUserName, pageInWords, projectForPeople, projectPage } from './parts/people.ts';
import { seenLine } from './parts/seen.ts';

/** The job user has no sufficient role in the package project; a job token never has more rights than its user (GitLab model, section 1). */
export const roleMissing: Cause = {
  code: 'NP302',
  slug: 'role-missing',
  title: 'the job user has no sufficient role in the package project',
  severity: 'error',
  needs: accessProbes,
  example: 'role-missing',
  weigh: (clues) =>
    accessVerdict(
      'role-missing',
      clues,
      `a Maintainer of ${describeProject(clues.packageProject)} looks whether ${jobUserName(clues.run)} is a member with at least Reporter`,
    ),
  state: (clues) => ({
    title: `${jobUserName(clues.run)} may not read packages of ${describeProject(clues.packageProject)}: no role there, or one below Reporter`,
    seen: seenLine(clues),
    location: null,
    remedy: remedyOf(clues),
  }),
};

function remedyOf({ run, packageProject }: Clues): Remedy {
  const user = jobUserName(run);
  const page = projectPage(run, packageProject, '/-/project_members');
  const id = packageProject && projectApiId(packageProject);
  const { apiUrl } = run.environment;
  return {
    who: `a Maintainer of ${projectForPeople(packageProject)}`,
    summary: `give ${user} the Reporter role in ${projectForPeople(packageProject)}, or run the job as somebody who has it`,
    steps: [
      `a Maintainer of ${describeProject(packageProject)} opens ${pageInWords(run, packageProject, '/-/project_members', 'Manage > Members')}`,
      `Invite members > "${user}" > role Reporter (or higher)`,
      `or start the pipeline as a user who is a member: a job token has the rights of the user who pushed, scheduled or clicked`,
    ],
    ...(page ? { url: page } : {}),
    ...(id && apiUrl
      ? {
          request: {
            method: 'POST' as const,
            url: `${apiUrl}/projects/${id}/members`,
            data: { username: user, access_level: 20 },
          },
        }
      : {}),
  };
}
