import { authorizationOf } from '../domain/credential.ts';
import type { Environment } from '../domain/environment.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { sameSecret } from '../domain/secret.ts';
import type { Target } from '../domain/target.ts';
import { metadataQuestion } from './package-questions.ts';

/**
 * The metadata of a package whose tarball the lockfile names and the registry does not have, with the client's own credential: tells a
 * package that is gone from a version that is. On GitLab the job's own token asks as much by other probes.
 */
export const lockedMetadata: ProbeDefinition = {
  slug: 'locked-metadata',
  purpose: 'tells a package that is gone from a version that is',
  questions({ run: { client, environment }, case: { target, observations, result } }) {
    const { tarball, metadata, dependency } = target;
    if (result.kind !== 'tarball-failed' || !tarball || metadata) return [];
    if (statusOf(observations.get('tarball')?.outcome) !== 404) return [];
    const registry = githubRegistryOf(tarball.url, environment)?.url ?? gitlabPrefix(tarball, environment);
    if (registry === null) return [];
    const url = client.metadataUrl(registry, dependency.name);
    return [metadataQuestion('locked-metadata', url, authorizationOf(tarball.credential, url))];
  },
};

/** The project's prefix of a tarball that the client fetches with another token than the job's. */
function gitlabPrefix(
  { url, credential }: NonNullable<Target['tarball']>,
  environment: Environment,
): string | null {
  const prefix = prefixOf(url);
  if (prefix?.kind !== 'project' || credential.kind !== 'token') return null;
  const own = environment.credential.secret;
  return own !== null && sameSecret(own, credential.secret) ? null : prefixUrl(prefix);
}
