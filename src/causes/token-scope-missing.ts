import { isActionToken } from '../domain/action-token.ts';
import type { Cause } from '../domain/cause.ts';
import { describeProject } from '../domain/package-project.ts';
import { formatSource } from '../domain/source.ts';
import { accessVerdict } from './parts/access-verdict.ts';
import { referenceTo } from './parts/add-line.ts';
import { isStranger } from './parts/config-lines.ts';
import { deployTokenRemedy } from './parts/deploy-token-remedy.ts';
import { scopeRemedy } from './parts/github-token-remedies.ts';
import { neededRights } from './parts/needed-rights.ts';
import { passToken, storeAs, tokenName } from './parts/pass-token.ts';
import { publishedCase, publishFault, publishSeen } from './parts/publishing.ts';
import { seenLine } from './parts/seen.ts';
import { tokenHolder } from './parts/token-holder.ts';

/** A personal, group or deploy token without the scope that reading packages, or publishing them, needs. */
export const tokenScopeMissing: Cause = {
  code: 'NP204',
  slug: 'token-scope-missing',
  title: 'the token lacks the scope that reading or publishing packages needs',
  severity: 'error',
  needs: [],
  hides: ['token-rejected'],
  example: 'token-scope-missing',
  weigh(clues) {
    const fault = publishFault(clues, 'token-scope-missing');
    if (fault === 'certain') return { kind: 'confirmed', because: ['own-token'] };
    const decidedBy =
      tokenHolder(clues).kind === 'deploy-token'
        ? 'the page on which the token was made: whose deploy token it is, and its scopes'
        : 'the scopes on the page of the token';
    return fault === 'possible'
      ? { kind: 'possible', because: [...clues.case.observations.keys()], decidedBy }
      : accessVerdict('token-scope-missing', clues, decidedBy);
  },
  state(clues) {
    const asked = clues.case.target.tarball ?? clues.case.target.metadata;
    const used = asked?.credential.kind === 'token' ? asked.credential : null;
    const name = used
      ? (used.variable ?? formatSource(used.source))
      : clues.run.environment.credential.variable;
    const { publishing } = clues.case;
    const { verb, gitlab } = neededRights(clues);
    const holder = tokenHolder(clues);
    if (holder.kind === 'deploy-token' && !clues.github) {
      const project = describeProject(clues.packageProject);
      const { name: published } = clues.case.target.dependency;
      return {
        title: publishedCase(clues)
          ? `whether ${holder.name} may publish ${published} to ${project} can not be seen: it takes the scope ${gitlab.deploy}`
          : `${holder.name} may not ${publishing ? 'publish to' : 'read packages of'} ${project}: it lacks the scope`,
        seen: publishSeen(clues) ?? seenLine(clues),
        location: used?.source ?? null,
        remedy: deployTokenRemedy(clues, holder.stored),
      };
    }
    return {
      title: `the token in ${tokenName(name)} may not ${verb} packages: it lacks the scope`,
      seen: publishing?.scopes ? `the scopes of the token: ${publishing.scopes.join(', ')}` : seenLine(clues),
      location: used?.source ?? null,
      remedy: clues.github
        ? scopeRemedy(clues)
        : {
            who: 'the owner of the token',
            summary: `make a token with the scope ${gitlab.personal} (personal, group, project) or ${gitlab.deploy} (deploy)`,
            steps: [
              `the scopes of a token can not be changed: ${isActionToken(name) ? `store a new one as a secret and ${passToken(name, clues)}` : `make a new one and ${storeAs(name)}`}`,
              ...(clues.run.environment.provider === 'gitlab' && !isStranger(clues)
                ? [
                    `the job token needs no scope: refer to ${referenceTo(clues.run, used?.source ?? null, 'CI_JOB_TOKEN')}`,
                  ]
                : []),
            ],
          },
    };
  },
};
