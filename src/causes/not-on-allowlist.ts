import type { Cause, Clues } from '../domain/cause.ts';
import { describeProject, projectApiId } from '../domain/package-project.ts';
import type { Remedy } from '../domain/remedy.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import { consumerName, jobUserName, pageInWords, projectForPeople, projectPage } from './parts/people.ts';
import { seenLine } from './parts/seen.ts';

/**
 * The package project's allowlist does not name the consumer (GitLab model, sections 1 and 3).
 * The usual mistake is the other direction: an entry in the consumer's own list does nothing for its own jobs.
 */
export const notOnAllowlist: Cause = {
  code: 'NP301',
  slug: 'not-on-allowlist',
  title: "the package project's job token allowlist does not name the consumer",
  severity: 'error',
  needs: accessProbes,
  example: 'allowlist-other-direction',
  weigh: (clues) =>
    accessVerdict(
      'not-on-allowlist',
      clues,
      `a Maintainer of ${describeProject(clues.packageProject)} looks whether its job token allowlist names ${consumerName(clues.run)}`,
    ),
  state: (clues) => ({
    title: `${consumerName(clues.run)} is not on the job token allowlist of ${describeProject(clues.packageProject)}`,
    seen: seenLine(clues),
    location: null,
    remedy: remedyOf(clues),
  }),
};

function remedyOf({ run, packageProject, access }: Clues): Remedy {
  const consumer = consumerName(run);
  const group = consumer.includes('/') ? consumer.slice(0, consumer.lastIndexOf('/')) : null;
  const settings = '/-/settings/ci_cd#js-token-access';
  const page = projectPage(run, packageProject, settings);
  const id = packageProject && projectApiId(packageProject);
  const { apiUrl, consumer: project } = run.environment;
  return {
    who: `a Maintainer of ${projectForPeople(packageProject)}`,
    summary: `add ${consumer} to the job token allowlist of ${projectForPeople(packageProject)}`,
    steps: [
      `a Maintainer of ${describeProject(packageProject)} opens ${pageInWords(run, packageProject, settings, 'Settings > CI/CD')}`,
      `"Job token permissions" > Add > project "${consumer}"${group ? `  (or group "${group}")` : ''}`,
      `the list that counts is the one of ${describeProject(packageProject)}: an entry in ${consumer}'s own list does nothing here`,
      ...(access?.faults['role-missing'] === 'never'
        ? []
        : [`${jobUserName(run)} needs at least the Reporter role there too: an entry grants none`]),
    ],
    ...(page ? { url: page } : {}),
    ...(id && apiUrl && project?.id != null
      ? {
          request: {
            method: 'POST' as const,
            url: `${apiUrl}/projects/${id}/job_token_scope/allowlist`,
            data: { target_project_id: project.id },
          },
        }
      : {}),
  };
}
