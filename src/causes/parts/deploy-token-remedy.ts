import type { Clues } from '../../domain/cause.ts';
import { describeProject } from '../../domain/package-project.ts';
import type { Remedy } from '../../domain/remedy.ts';
import { referenceTo } from './add-line.ts';
import { isStranger } from './config-lines.ts';
import { neededRights } from './needed-rights.ts';
import { storeAs } from './pass-token.ts';
import { pageInWords, projectForPeople, projectPage } from './people.ts';

/**
 * A new deploy token of the right place, with the scope: `stored` is the variable or line of the present one. It has no user who could be given a role, and
 * its scopes can not be changed. The scope is that for reading, or for publishing where the case is about that.
 */
export function deployTokenRemedy(clues: Clues, stored: string): Remedy {
  const { run, packageProject } = clues;
  const publishes = clues.case.publishing !== undefined;
  const { gitlab } = neededRights(clues);
  const page = projectPage(run, packageProject, '/-/settings/repository#js-deploy-tokens');
  return {
    who: `a Maintainer of ${projectForPeople(packageProject)}`,
    summary: publishes
      ? `make a deploy token in ${projectForPeople(packageProject)} with the scope ${gitlab.deploy}, and ${storeAs(stored)}`
      : `make a deploy token in ${projectForPeople(packageProject)}, or in a group above all the packages, and ${storeAs(stored)}`,
    steps: [
      `a Maintainer of ${describeProject(packageProject)} opens ${pageInWords(run, packageProject, '/-/settings/repository#js-deploy-tokens', 'Settings > Repository')}`,
      `Deploy tokens > Add token > scope ${gitlab.deploy}`,
      `${storeAs(stored)}: a deploy token ${publishes ? 'publishes to its own project, or to' : 'reads the packages of its own project, or of'} everything below its own group`,
      ...orJobToken(clues),
    ],
    ...(page ? { url: page } : {}),
  };
}

/** The job's own token as another way out, in a job that has one. */
export function orJobToken(clues: Clues): readonly string[] {
  if (clues.run.environment.provider !== 'gitlab' || isStranger(clues)) return [];
  const { metadata, tarball } = clues.case.target;
  const sent = [tarball, metadata].flatMap((asked) =>
    asked && asked.credential.kind !== 'none' ? [asked.credential.source] : [],
  )[0];
  const reference = referenceTo(clues.run, sent ?? null, 'CI_JOB_TOKEN');
  return [
    clues.case.publishing
      ? `or refer to ${reference}: the job's own token publishes where its user is a Developer, and in another project where the allowlist lets it in`
      : `or refer to ${reference}: the job's own token reads what its user may read and the allowlist lets in`,
  ];
}
