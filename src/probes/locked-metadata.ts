import { authorizationOf } from '../domain/credential.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { statusOf } from '../domain/probe.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { metadataQuestion } from './package-questions.ts';

/**
 * The metadata of a package whose tarball the lockfile names and GitHub does not have, with the client's own credential: tells a
 * package that is gone from a version that is.
 */
export const lockedMetadata: ProbeDefinition = {
  slug: 'locked-metadata',
  purpose: 'on GitHub: tells a package that is gone from a version that is',
  questions({ run: { client, environment }, case: { target, observations, result } }) {
    const { tarball, metadata, dependency } = target;
    if (result.kind !== 'tarball-failed' || !tarball || metadata) return [];
    const registry = githubRegistryOf(tarball.url, environment);
    if (registry === null || statusOf(observations.get('tarball')?.outcome) !== 404) return [];
    const url = client.metadataUrl(registry.url, dependency.name);
    return [metadataQuestion('locked-metadata', url, authorizationOf(tarball.credential, url))];
  },
};
