import type { RunFacts } from './cause.ts';
import { registryReach } from './client.ts';
import { scopeOf } from './dependency.ts';
import { isPublicRegistry, publicHost } from './public-registry.ts';
import type { Source } from './source.ts';

/** A scope that a line maps to the public npm registry, with the variable without a value in its credential there. */
export interface UnsetAtPublic {
  scope: string;
  variable: string;
  key: string;
  source: Source;
}

/**
 * The scopes in use that a line maps to the public npm registry with a credential whose variable has no value, each variable once: whether their packages
 * are private ones is not asked there.
 */
export function unsetAtPublic({ client, project }: RunFacts): readonly UnsetAtPublic[] {
  if (client.stop !== null) return [];
  const found = new Map<string, UnsetAtPublic>();
  for (const { name, from } of project.dependencies) {
    const scope = scopeOf(name);
    const choice = client.registryFor(name);
    const url = choice.url ?? `https://${publicHost}/`;
    if (scope === null || from !== 'registry' || registryReach(choice) !== 'scope' || !isPublicRegistry(url))
      continue;
    const credential = client.credentialFor(client.metadataUrl(url, name), url);
    if (credential.kind !== 'unresolved' || found.has(credential.variable)) continue;
    const { variable, key, source } = credential;
    found.set(variable, { scope, variable, key, source });
  }
  return [...found.values()];
}
