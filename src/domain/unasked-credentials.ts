import type { RunFacts } from './cause.ts';
import type { RegistryChoice } from './client.ts';
import type { Credential } from './credential.ts';
import { scopeOf } from './dependency.ts';

/** The credential that the client would send to the registry of one private scope. */
export interface UnaskedCredential {
  scope: string | null;
  registry: RegistryChoice & { url: string };
  credential: Credential;
}

/** For every mapped private scope the credential of its registry, when no server is asked; nothing otherwise. */
export function unaskedCredentials(run: RunFacts): readonly UnaskedCredential[] {
  if (!run.offline || run.client.stop) return [];
  return run.plan.scopes.flatMap(({ scope }) => {
    const name = run.project.dependencies.find((one) => scopeOf(one.name) === scope)?.name;
    const registry = name === undefined ? null : run.client.registryFor(name);
    if (name === undefined || registry === null || registry.url === null) return [];
    const { url } = registry;
    return [
      {
        scope,
        registry: { ...registry, url },
        credential: run.client.credentialFor(run.client.metadataUrl(url, name), url),
      },
    ];
  });
}
