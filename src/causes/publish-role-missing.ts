import { type Cause, type Clues, ruledOut } from '../domain/cause.ts';
import { describeProject, projectApiId } from '../domain/package-project.ts';
import type { Remedy } from '../domain/remedy.ts';
import { pageInWords, projectForPeople, projectPage } from './parts/people.ts';
import { publisherName, publishFault, publishSeen } from './parts/publishing.ts';

/** Publishing needs Developer; the registry can be read with less (GitLab model, section 5). */
export const publishRoleMissing: Cause = {
  code: 'NP307',
  slug: 'publish-role-missing',
  title: 'whoever publishes may read packages of the project, but not publish there',
  severity: 'error',
  needs: [],
  example: 'publish-role-missing',
  weigh(clues) {
    const fault = publishFault(clues, 'publish-role-missing');
    if (fault === null) return ruledOut;
    const because = [...clues.case.observations.keys()];
    return fault === 'certain'
      ? { kind: 'confirmed', because }
      : { kind: 'possible', because, decidedBy: decidedBy(clues) };
  },
  state(clues) {
    const project = describeProject(clues.packageProject);
    const { name } = clues.case.target.dependency;
    const certain = publishFault(clues, 'publish-role-missing') === 'certain';
    return {
      title: certain
        ? `${publisherName(clues)} may not publish ${name} to ${project}: the role there is below Developer`
        : `whether ${publisherName(clues)} may publish ${name} to ${project} can not be seen with this token`,
      seen: publishSeen(clues),
      location: null,
      remedy: remedyOf(clues),
    };
  },
};

function decidedBy({ run, packageProject, case: { publishing } }: Clues): string {
  const page = projectPage(run, packageProject, '/-/project_members');
  const where = `the members of ${describeProject(packageProject)}${page === null ? '' : `: ${page}`}`;
  return publishing?.account.kind === 'job' && run.apiToken === undefined
    ? `a Maintainer's token by api-token-env, or ${where}`
    : where;
}

function remedyOf(clues: Clues): Remedy {
  const { run, packageProject, case: one } = clues;
  const user = publisherName(clues);
  const page = projectPage(run, packageProject, '/-/project_members');
  const id = packageProject && projectApiId(packageProject);
  const { apiUrl } = run.environment;
  const isJob = one.publishing?.account.kind === 'job';
  return {
    who: `a Maintainer of ${projectForPeople(packageProject)}`,
    summary: `give ${user} the Developer role in ${projectForPeople(packageProject)}`,
    steps: [
      `a Maintainer of ${describeProject(packageProject)} opens ${pageInWords(run, packageProject, '/-/project_members', 'Manage > Members')}`,
      `"${user}" needs the role Developer (or higher) there: reading takes less than publishing`,
      ...(isJob
        ? ['or start the pipeline as a user who has it: a job token has the rights of its user']
        : []),
    ],
    ...(page ? { url: page } : {}),
    ...(isJob && id && apiUrl && run.environment.jobUser !== null
      ? {
          request: {
            method: 'POST' as const,
            url: `${apiUrl}/projects/${id}/members`,
            data: { username: run.environment.jobUser, access_level: 30 },
          },
        }
      : {}),
  };
}
