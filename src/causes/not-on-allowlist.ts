import type { Cause, Clues } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import type { Remedy } from '../domain/remedy.ts';
import { atLeast, parseServerVersion } from '../domain/server-version.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import {
  consumerName,
  isTokenBot,
  jobUserName,
  pageInWords,
  projectForPeople,
  projectPage,
} from './parts/people.ts';
import { leastRole } from './parts/publishing.ts';
import { seenLine } from './parts/seen.ts';

/**
 * The package project's allowlist does not name the consumer (GitLab model, sections 1 and 3; its page by version: section 6).
 * The usual mistake is the other direction: an entry in the consumer's own list does nothing for its own jobs.
 */
export const notOnAllowlist: Cause = {
  code: 'NP301',
  slug: 'not-on-allowlist',
  title: "the package project's job token allowlist does not name the consumer",
  severity: 'error',
  needs: accessProbes,
  example: 'allowlist-other-direction',
  weigh(clues) {
    const verdict = accessVerdict(
      'not-on-allowlist',
      clues,
      `a Maintainer of ${describeProject(clues.packageProject)} looks whether its job token allowlist names ${consumerName(clues.run)}`,
    );
    // A token's bot is a member of one place only, so that its missing role is the likelier fault (user reports).
    return verdict.kind === 'possible' && isTokenBot(jobUserName(clues.run))
      ? { ...verdict, unlikely: true }
      : verdict;
  },
  state: (clues) => ({
    title: `${consumerName(clues.run)} is not on the job token allowlist of ${describeProject(clues.packageProject)}`,
    seen: seenLine(clues),
    location: null,
    remedy: remedyOf(clues),
  }),
};

function remedyOf(clues: Clues): Remedy {
  const { run, packageProject, access } = clues;
  const consumer = consumerName(run);
  const group = consumer.includes('/') ? consumer.slice(0, consumer.lastIndexOf('/')) : null;
  const version = parseServerVersion(run.environment.serverVersion);
  const named = (major: number, minor: number) => version === null || atLeast(version, major, minor);
  const settings = '/-/settings/ci_cd#js-token-access';
  const page = projectPage(run, packageProject, settings);
  const id = packageProject?.id ?? access?.settings?.project?.id ?? null;
  const { apiUrl, consumer: project } = run.environment;
  return {
    who: `a Maintainer of ${projectForPeople(packageProject)}`,
    summary: `add ${consumer} to the job token allowlist of ${projectForPeople(packageProject)}`,
    steps: [
      `a Maintainer of ${describeProject(packageProject)} opens ${pageInWords(run, packageProject, settings, 'Settings > CI/CD')}`,
      `"${named(17, 2) ? 'Job token permissions' : 'Token Access'}" > Add > project "${consumer}"${group && named(17, 0) ? `  (or group "${group}")` : ''}`,
      `the list that counts is the one of ${describeProject(packageProject)}: an entry in ${consumer}'s own list does nothing here`,
      ...(access?.faults['role-missing'] === 'never'
        ? []
        : [
            `${jobUserName(run)} needs at least the ${leastRole(clues).name} role there too: an entry grants none`,
          ]),
    ],
    ...(page ? { url: page } : {}),
    // This route takes numbers only, a path gets 400 (GitLab: lib/api/project_job_token_scope.rb).
    ...(id !== null && apiUrl && project?.id != null
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
