import type { ClientModel } from '../domain/client.ts';
import type { Environment } from '../domain/environment.ts';
import { sameOrigin } from '../domain/registry-key.ts';
import { sameSecret } from '../domain/secret.ts';

/**
 * The client, with the job's own token at home on the job's own server. Clients that send a registry's credential wherever a lockfile leads are only
 * followed as far as that registry; the token of this job belongs to this GitLab, whatever registry its line stands under (run for real: Yarn 3.8
 * with a scope's token, no `npmRegistryServer` of the scope, and a lockfile that names GitLab).
 */
export function onOwnServer(
  client: ClientModel,
  { apiUrl, credential: own }: Pick<Environment, 'apiUrl' | 'credential'>,
): ClientModel {
  const { secret } = own;
  if (apiUrl === null || secret === null) return client;
  return {
    ...client,
    credentialFor(url, registry) {
      const sent = client.credentialFor(url, registry);
      const isOwn =
        sent.kind === 'token' &&
        sent.home !== undefined &&
        sameSecret(sent.secret, secret) &&
        sameOrigin(url, apiUrl);
      return isOwn ? { ...sent, home: url } : sent;
    },
  };
}
