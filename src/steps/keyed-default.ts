import { type ClientModel, registryReach } from '../domain/client.ts';
import { type Dependency, scopeOf } from '../domain/dependency.ts';
import { hostAsWritten, keyedHosts } from '../domain/keyed-hosts.ts';
import { isPublicRegistry } from '../domain/public-registry.ts';
import { sameOrigin } from '../domain/registry-key.ts';

/**
 * The dependencies that stand for all that an install asks of a private default registry (`registry=`): one of each scope and one without, that of a manifest
 * before one of the lockfile alone. A default registry is a private one where a credential is kept for it, or the client is told to send one always; a
 * mirror of public packages has neither, and nothing of it is returned.
 */
export function askedAtKeyedDefault(
  client: ClientModel,
  dependencies: readonly Dependency[],
): readonly Dependency[] {
  const choice = client.registryFor('any');
  const { url } = choice;
  if (url === null || registryReach(choice) !== 'all' || isPublicRegistry(url) || !isKeyed(client, url))
    return [];
  const chosen = new Map<string | null, Dependency>();
  const direct = dependencies.filter(({ kind }) => kind !== 'transitive');
  for (const dependency of [...direct, ...dependencies]) {
    const scope = scopeOf(dependency.name);
    if (!chosen.has(scope) && isAskedAt(url, client, dependency)) chosen.set(scope, dependency);
  }
  return [...chosen.values()];
}

function isAskedAt(url: string, client: ClientModel, dependency: Dependency): boolean {
  if (dependency.from !== 'registry') return false;
  const { metadata, tarball, registry = client.registryFor(dependency.name) } = client.asks(dependency);
  if (registry.url !== url) return false;
  return metadata || (tarball !== null && sameOrigin(tarball, url));
}

/** Keys without a host are those of the default registry. */
const ownKey =
  /^(?:_authToken|_auth|_password|npmAuthToken|npmAuthIdent|install\.registry\.(?:token|password))$/;

function isKeyed(client: ClientModel, url: string): boolean {
  return (
    keyedHosts(client).has(hostAsWritten(url) ?? '') ||
    client.credentialFor(client.metadataUrl(url, 'any'), url).kind !== 'none' ||
    client.settings.some(
      ({ key, value }) =>
        ownKey.test(key) || (/(?:^|:)always-auth$|^npmAlwaysAuth$/.test(key) && String(value) === 'true'),
    )
  );
}
