import type { Cause, Clues, Verdict } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import { atLeast, parseServerVersion } from '../domain/server-version.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import { consumerName, pageInWords, projectForPeople, projectPage } from './parts/people.ts';
import { publishedCase } from './parts/publishing.ts';
import { seenLine } from './parts/seen.ts';

/** The consumer's nearest allowlist entry has fine-grained permissions without Packages: Read (GitLab model, section 3, step 4). */
export const fineGrainedPermissionMissing: Cause = {
  code: 'NP303',
  slug: 'fine-grained-permission-missing',
  title: 'the allowlist entry lacks the permission Packages: Read',
  severity: 'error',
  needs: accessProbes,
  example: 'permission-missing',
  weigh: (clues) =>
    mayLackWriting(clues) ??
    accessVerdict(
      'fine-grained-permission-missing',
      clues,
      `a Maintainer of ${describeProject(clues.packageProject)} looks at the permissions of the entry that matches ${consumerName(clues.run)}`,
    ),
  state: (clues) => {
    const page = projectPage(clues.run, clues.packageProject, '/-/settings/ci_cd#js-token-access');
    const project = describeProject(clues.packageProject);
    return {
      title: `the allowlist entry of ${project} for ${consumerName(clues.run)} lacks the permission Packages: Read`,
      seen: seenLine(clues),
      location: null,
      remedy: {
        who: `a Maintainer of ${projectForPeople(clues.packageProject)}`,
        summary: `tick Packages: Read on the allowlist entry of ${projectForPeople(clues.packageProject)} that matches ${consumerName(clues.run)}`,
        steps: [
          `a Maintainer of ${project} opens ${pageInWords(clues.run, clues.packageProject, '/-/settings/ci_cd#js-token-access', 'Settings > CI/CD')}`,
          `"Job token permissions" > the entry for ${consumerName(clues.run)} (or its nearest group) > Edit > Packages: Read, or default permissions`,
          'the REST API can not set these permissions: it takes the page or GraphQL',
        ],
        ...(page ? { url: page } : {}),
      },
    };
  },
};

/** An entry that lets read packages and not write them shows only when something is published (17.10 and later). */
function mayLackWriting(clues: Clues): Verdict | null {
  const publishing = publishedCase(clues);
  if (!publishing || publishing.own || publishing.project === null) return null;
  const version = parseServerVersion(clues.run.environment.serverVersion);
  if (publishing.account.kind !== 'job' || publishing.account.role !== null) return null;
  if (version !== null && !atLeast(version, 17, 10)) return null;
  return {
    kind: 'possible',
    unlikely: true,
    because: ['tarball'],
    decidedBy: `whether the allowlist entry of ${describeProject(clues.packageProject)} has Packages: Read and write, or default permissions`,
  };
}
