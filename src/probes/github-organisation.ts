import { scopeOf } from '../domain/dependency.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { githubApiAuthorization } from '../domain/job-authorization.ts';
import { statusOf } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { apiQuestion } from './package-questions.ts';

/**
 * The organisation's packages at GitHub's API, with a personal token that the registry refused: the registry says the same of a dead token and of one
 * that lacks the authorisation for single sign-on, the API does not (GitHub notes, section A4).
 * It tells a dead personal token from one that is not authorised for the organisation.
 */
export const githubOrganisation: ProbeDefinition = {
  slug: 'github-organisation',
  questions({ run: { environment }, case: { target, observations, result } }) {
    const request = result.kind === 'tarball-failed' ? target.tarball : target.metadata;
    const seen = observations.get(result.kind === 'tarball-failed' ? 'tarball' : 'metadata');
    const owner = scopeOf(target.dependency.name)?.slice(1);
    if (!request || !owner || !/^[\w-]+$/.test(owner) || statusOf(seen?.outcome) !== 401) return [];
    const registry = githubRegistryOf(request.url, environment);
    const authorization = registry && githubApiAuthorization(request.credential, registry);
    return registry && authorization
      ? [
          apiQuestion(
            'github-organisation',
            `${registry.apiUrl}/orgs/${owner}/packages?package_type=npm&per_page=1`,
            authorization,
          ),
        ]
      : [];
  },
};
