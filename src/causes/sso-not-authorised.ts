import type { Cause } from '../domain/cause.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { githubOf, orWorkflowToken, sentToken, tokensPage } from './parts/github-place.ts';
import { tokenName } from './parts/pass-token.ts';
import { seenLine } from './parts/seen.ts';

/**
 * A personal token that is not authorised for the organisation's single sign-on. The registry says the same of a dead token; GitHub's API tells them
 * apart (GitHub notes, sections A2 row 3 and A4).
 */
export const ssoNotAuthorised: Cause = {
  code: 'NP313',
  slug: 'sso-not-authorised',
  title: 'the personal token is not authorised for the single sign-on of the organisation',
  severity: 'error',
  needs: ['github-organisation'],
  hides: ['token-rejected'],
  example: 'sso-not-authorised',
  weigh: (clues) =>
    accessVerdict(
      'sso-not-authorised',
      clues,
      `the owner of the token opens ${clues.github ? tokensPage(clues) : ''}: is it there, and what does its "Configure SSO" say?`,
    ),
  state(clues) {
    const owner = githubOf(clues).owner ?? 'the owner';
    const { name: variable, source } = sentToken(clues);
    const name = tokenName(variable);
    return {
      title: `the token in ${name} is not authorised for the single sign-on of ${owner}`,
      seen: seenLine(clues),
      location: source,
      remedy: {
        who: 'the owner of the token',
        summary: `authorise the token in ${name} for ${owner}`,
        steps: [
          `the owner of the token opens ${tokensPage(clues)} > the token > Configure SSO > Authorize next to ${owner}`,
          'a token that is made or regenerated anew has to be authorised anew',
          ...orWorkflowToken(clues),
        ],
        url: tokensPage(clues),
      },
    };
  },
};
