import type { Cause } from '../domain/cause.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { repositoryName } from './parts/github-place.ts';
import { seenLine } from './parts/seen.ts';

/**
 * The run is of a pull request from a fork, whose token may not have the access to packages that the repository has; it is not documented
 * (GitHub notes, section A3). The same answer as a missing Actions access, so it is never certain.
 */
export const forkRunRestricted: Cause = {
  code: 'NP315',
  slug: 'fork-run-restricted',
  title: 'the run is of a fork, whose token may not have the access of the repository',
  severity: 'error',
  needs: [],
  example: 'fork-run-restricted',
  weigh: (clues) =>
    accessVerdict(
      'fork-run-restricted',
      clues,
      `a run of a branch of ${repositoryName(clues)} itself: where it passes, it is the fork`,
    ),
  state(clues) {
    const repository = repositoryName(clues);
    return {
      title: `this run is of a fork, and its token may lack the access to packages that ${repository} has`,
      seen: seenLine(clues),
      location: null,
      remedy: {
        who: `whoever maintains ${repository}`,
        summary: 'decide what pull requests of forks may install',
        steps: [
          `look at a run of a branch of ${repository}: where it is refused too, it is no matter of forks`,
          'either leave the install out for forks: if: github.event.pull_request.head.repo.full_name == github.repository',
          'or make the package public, where its content may be seen by anybody',
          `or let a maintainer push the branch to ${repository} once the change was read`,
          'a trigger that gives code of a fork the token of the repository is no way out: it gives strangers what the token may do',
        ],
      },
    };
  },
};
