import type { Observation } from '../../domain/probe.ts';
import { isLimited } from '../../domain/rate-limit.ts';
import type { GitHubState } from './access-rules.ts';

/**
 * What GitHub's API tells of a personal token, asked for the packages of an organisation: `dead` (401), `needs-authorisation` (403 with
 * the header `X-GitHub-SSO: required`), or `alive` for anything else that it answers (GitHub notes, section A4).
 */
export type OrganisationAnswer = 'dead' | 'needs-authorisation' | 'alive';

/** The answer that a state gives; `null` for tokens that the API is not asked with. */
export function organisationAnswer(state: GitHubState): OrganisationAnswer | null {
  if (state.token === 'dead') return 'dead';
  if (state.token !== 'classic') return null;
  return state.authorised ? 'alive' : 'needs-authorisation';
}

/** The answer that was seen; `null` when there was none that tells. */
export function readOrganisationAnswer(observation: Observation | undefined): OrganisationAnswer | null {
  const outcome = observation?.outcome;
  if (outcome?.kind !== 'answered' || isLimited(outcome)) return null;
  if (outcome.status === 401) return 'dead';
  if (outcome.status === 403 && /^required\b/i.test(outcome.headers['x-github-sso'] ?? ''))
    return 'needs-authorisation';
  return outcome.status < 500 ? 'alive' : null;
}
