import type { Cause } from '../domain/cause.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { packageSettingsUrl, repositoryName } from './parts/github-place.ts';
import { neededRights } from './parts/needed-rights.ts';
import { seenLine } from './parts/seen.ts';

/** The package does not list the repository of the workflow under "Manage Actions access" (GitHub notes, sections A1 and A2 row 7). */
export const actionsAccessMissing: Cause = {
  code: 'NP312',
  slug: 'actions-access-missing',
  title: 'the package does not let workflows of this repository in',
  severity: 'error',
  needs: [],
  example: 'actions-access-missing',
  weigh: (clues) =>
    accessVerdict(
      'actions-access-missing',
      clues,
      `an admin of the package looks whether "Manage Actions access" lists ${repositoryName(clues)}`,
    ),
  state(clues) {
    const { name } = clues.case.target.dependency;
    const repository = repositoryName(clues);
    const page = packageSettingsUrl(clues);
    const { workflow } = clues.run.environment;
    return {
      title: `the package ${name} does not let workflows of ${repository} in`,
      seen: seenLine(clues),
      location: null,
      remedy: {
        who: `an admin of the package ${name}`,
        summary: `add ${repository} to "Manage Actions access" of ${name}`,
        steps: [
          `an admin of the package ${name} opens ${page ?? 'its page'} (the package's page > Package settings)`,
          `"Manage Actions access" > Add Repository > ${repository} > role ${neededRights(clues).role}`,
          'every package has a list of its own, and there is no API for it; the visibility "internal" alone is no grant to rely on',
          ...(workflow?.fromFork
            ? [
                'this run is of a fork: whether its token has what the list grants is not documented, so look at a run of a branch first',
              ]
            : []),
        ],
        ...(page ? { url: page } : {}),
      },
    };
  },
};
