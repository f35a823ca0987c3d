import type { Cause } from '../domain/cause.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { seenLine } from './parts/seen.ts';

/** A personal, group or deploy token without the scope that reading packages needs. */
export const tokenScopeMissing: Cause = {
  code: 'NP204',
  slug: 'token-scope-missing',
  title: 'the token lacks the scope that reading packages needs',
  severity: 'error',
  needs: [],
  hides: ['token-rejected'],
  example: 'token-scope-missing',
  weigh: (clues) => accessVerdict('token-scope-missing', clues, 'the scopes on the page of the token'),
  state(clues) {
    const asked = clues.case.target.tarball ?? clues.case.target.metadata;
    const used = asked?.credential.kind === 'token' ? asked.credential : null;
    const name = used?.variable ?? clues.run.environment.credential.variable;
    return {
      title: `the token in ${name} may not read packages: it lacks the scope`,
      seen: seenLine(clues),
      location: used?.source ?? null,
      remedy: {
        who: 'the owner of the token',
        summary: `make a token with the scope read_api (personal, group, project) or read_package_registry (deploy)`,
        steps: [
          `the scopes of a token can not be changed: store the new one as ${name}`,
          'inside GitLab CI the job token needs no scope: refer to ${CI_JOB_TOKEN}',
        ],
      },
    };
  },
};
