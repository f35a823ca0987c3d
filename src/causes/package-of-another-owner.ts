import type { Cause } from '../domain/cause.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { githubOf, packageSettingsUrl, repositoryName, sentToken } from './parts/github-place.ts';
import { neededRights } from './parts/needed-rights.ts';
import { passToken } from './parts/pass-token.ts';
import { seenLine } from './parts/seen.ts';

/**
 * A private package of another owner than the workflow's repository. The refusal has the words of a missing Actions access; the owners
 * tell them apart (GitHub notes, section A2 rows 7 and 8).
 */
export const packageOfAnotherOwner: Cause = {
  code: 'NP314',
  slug: 'package-of-another-owner',
  title: 'a private package of another owner, which the token of this workflow may not read',
  severity: 'error',
  needs: [],
  example: 'package-of-another-owner',
  weigh: (clues) =>
    accessVerdict('package-of-another-owner', clues, 'whose the repository is that the workflow belongs to'),
  state(clues) {
    const { name } = clues.case.target.dependency;
    const owner = githubOf(clues).owner ?? 'another owner';
    const repository = repositoryName(clues);
    const variable = sentToken(clues).name;
    const page = packageSettingsUrl(clues);
    return {
      title: `${name} belongs to ${owner}, and the token of a workflow of ${repository} may not read it`,
      seen: seenLine(clues),
      location: null,
      remedy: {
        who: `whoever maintains ${repository}, with a member of ${owner}`,
        summary: `read ${name} with a classic personal token of somebody who may read it`,
        steps: [
          `a member of ${owner} who may read ${name} makes a classic token with the scope ${neededRights(clues).scope}, authorised for ${owner} where it asks for single sign-on`,
          `store it as a secret of ${repository} and ${passToken(variable, clues, '${{ secrets.PACKAGES_TOKEN }}')}, in place of the workflow's token`,
          `or ask an admin of the package whether "Manage Actions access"${page ? ` (${page})` : ''} offers ${repository}: as far as is known it offers repositories of ${owner} only`,
          `or publish the package for the owner of ${repository} too`,
        ],
      },
    };
  },
};
