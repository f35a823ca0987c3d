import { authorizationOf } from '../domain/credential.ts';
import type { Environment } from '../domain/environment.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { prefixOf, prefixUrl } from '../domain/prefix.ts';
import { statusOf } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { sameSecret } from '../domain/secret.ts';
import type { Target } from '../domain/target.ts';
import { metadataQuestion } from './package-questions.ts';

/**
 * The metadata of a package whose tarball the lockfile names, with the client's own credential. Where the registry does not have the tarball it tells a
 * package that is gone from a version that is (on GitLab the job's own token asks as much by other probes); where it is another one than was locked, what the
 * registry itself says of it.
 * It tells a package that is gone from a version that is, and a tarball published again from a damaged one.
 */
export const lockedMetadata: ProbeDefinition = {
  slug: 'locked-metadata',
  questions({ run: { client, environment }, case: { target, observations, result } }) {
    const { tarball, metadata, dependency } = target;
    if (!tarball || metadata) return [];
    const isGone = result.kind === 'tarball-failed' && statusOf(observations.get('tarball')?.outcome) === 404;
    if (!isGone && result.kind !== 'integrity-differs') return [];
    const onGitLab = isGone && isOwnToken(tarball, environment) ? null : gitlabPrefix(tarball);
    const registry = githubRegistryOf(tarball.url, environment)?.url ?? onGitLab;
    if (registry !== null) {
      const url = client.metadataUrl(registry, dependency.name);
      return [metadataQuestion('locked-metadata', url, authorizationOf(tarball.credential, url))];
    }
    const other = target.registry.url;
    if (isGone || other === null || !sameOrigin(other, tarball.url)) return [];
    const url = client.metadataUrl(other, dependency.name);
    return [metadataQuestion('locked-metadata', url, authorizationOf(client.credentialFor(url, other), url))];
  },
};

/** The project's prefix of a tarball. */
function gitlabPrefix({ url }: NonNullable<Target['tarball']>): string | null {
  const prefix = prefixOf(url);
  return prefix?.kind === 'project' ? prefixUrl(prefix) : null;
}

/** Whether the client fetches a tarball with the job's own token, or with none. */
function isOwnToken({ credential }: NonNullable<Target['tarball']>, environment: Environment): boolean {
  const own = environment.credential.secret;
  return credential.kind !== 'token' || (own !== null && sameSecret(own, credential.secret));
}
