import { authorizationOf } from '../domain/credential.ts';
import { githubRegistryOf } from '../domain/github-registry-of.ts';
import { prefixOf } from '../domain/prefix.ts';
import type { ProbeDefinition } from '../domain/probe-definition.ts';
import { isPublicRegistry } from '../domain/public-registry.ts';
import { metadataQuestion } from './package-questions.ts';

/**
 * The metadata of a package whose locked tarball can't be had, at a registry that is neither GitLab's nor GitHub's, with the client's own credential: such
 * a registry may have its tarballs at any address.
 * It tells a lockfile of another registry from one that names what this registry names itself, and a version that is gone from a package that is.
 */
export const registryMetadata: ProbeDefinition = {
  slug: 'registry-metadata',
  questions({ run: { client, environment }, case: { target, result } }) {
    const { registry, dependency, metadata } = target;
    const { url } = registry;
    if (result.kind !== 'tarball-failed' || metadata || url === null || isPublicRegistry(url)) return [];
    if (prefixOf(url) !== null || githubRegistryOf(url, environment) !== null) return [];
    const asked = client.metadataUrl(url, dependency.name);
    const authorization = authorizationOf(client.credentialFor(asked, url), asked);
    return [metadataQuestion('registry-metadata', asked, authorization)];
  },
};
