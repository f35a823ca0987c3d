import type { Cause, Clues } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import { accessProbes, accessVerdict } from './parts/access-verdict.ts';
import { packagesMayBeOff, packagesOffStatement } from './parts/packages-off.ts';
import { consumerName, pageInWords, projectForPeople, projectPage } from './parts/people.ts';
import { seenLine } from './parts/seen.ts';
import { type TokenHolder, tokenHolder } from './parts/token-holder.ts';

/** The package registry of the project is disabled or open to project members only (GitLab model, section 3). */
export const registryRestricted: Cause = {
  code: 'NP304',
  slug: 'registry-restricted',
  title: 'the package registry of the project is disabled or for members only',
  severity: 'error',
  needs: accessProbes,
  example: 'registry-members-only',
  weigh(clues) {
    if (packagesMayBeOff(clues)) {
      const decidedBy =
        'an administrator looks whether packages are switched on in the configuration of GitLab';
      return { kind: 'possible', because: [...clues.case.observations.keys()], decidedBy };
    }
    const page = 'Settings > General > Visibility > Package registry';
    const decidedBy = `a Maintainer of ${describeProject(clues.packageProject)} looks at ${page}`;
    return accessVerdict('registry-restricted', clues, decidedBy);
  },
  state: (clues) => {
    if (packagesMayBeOff(clues)) return packagesOffStatement(clues);
    const project = describeProject(clues.packageProject);
    const holder = tokenHolder(clues);
    const page = projectPage(clues.run, clues.packageProject, '/edit#js-shared-permissions');
    return {
      title: `the package registry of ${project} is closed to ${holder.kind === 'job-user' ? consumerName(clues.run) : holder.name}: disabled, or for members only`,
      seen: seenLine(clues),
      location: null,
      remedy: {
        who: `a Maintainer of ${projectForPeople(clues.packageProject)}`,
        summary: `open the package registry of ${projectForPeople(clues.packageProject)}`,
        steps: [
          `a Maintainer of ${project} opens ${pageInWords(clues.run, clues.packageProject, '/edit#js-shared-permissions', 'Settings > General')}`,
          'Visibility, project features, permissions > Package registry: on, and "Everyone with access"',
          forMembers(clues, holder),
        ],
        ...(page ? { url: page } : {}),
      },
    };
  },
};

/** How to get in where the registry has to stay for members: a deploy token of the project always may. */
function forMembers({ run, packageProject }: Clues, holder: TokenHolder): string {
  const project = describeProject(packageProject);
  switch (holder.kind) {
    case 'job-user':
      return `where it must stay for members only: put ${consumerName(run)} on the job token allowlist of ${project} and give the job user a role there`;
    case 'owner':
      return `where it must stay for members only: give ${holder.name} the Reporter role in ${project}`;
    case 'deploy-token':
      return `where it must stay for members only: use a deploy token of ${project}, or of a group above it, with the scope read_package_registry`;
  }
}
