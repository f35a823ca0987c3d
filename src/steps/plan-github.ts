import { registryReach } from '../domain/client.ts';
import type { Credential } from '../domain/credential.ts';
import { registryHolding } from '../domain/github-registry.ts';
import type { ScopePlan } from '../domain/plan.ts';
import type { Inputs } from '../inputs.ts';
import type { Gathered } from './gather.ts';
import type { ScopeNeed } from './scope-needs.ts';

/** Tokens by which another shop than GitHub knows somebody: they stay out of its registry. */
const foreign: readonly string[] = ['job-token', 'personal', 'deploy'];

/**
 * GitHub's own registry for a scope in a workflow, with the job's token: where the configuration or the lockfile says that the scope is there, or the
 * input `scopes` names it and nothing maps it. `null` for every other scope, without a token, and where the client has a
 * credential for it already: what works is left alone, and a scope that only lacks its line keeps the token that it has.
 */
export function planGitHub(
  { environment: { github }, client }: Pick<Gathered, 'environment' | 'client'>,
  inputs: Pick<Inputs, 'scopes'>,
  { scope, mapped, packages }: ScopeNeed,
): ScopePlan | null {
  if (!github || scope === null) return null;
  const place = placeOf();
  if (place === null) return null;
  if (isSent()) return null;
  const held = credentialAt(place.registry);
  if (held.kind === 'token')
    return held.variable === null ? null : { scope, prefix: null, tokenVariable: held.variable, ...place };
  if (github.credential.secret === null || foreign.includes(github.credential.kind)) return null;
  return { scope, prefix: null, tokenVariable: github.credential.variable, ...place };

  /** Both Yarns and Bun send a locked tarball the credential of the registry to which the scope is mapped (measured: clients.md section 1). */
  function isSent(): boolean {
    if (registryReach(mapped) === 'scope' && mapped.url !== null)
      return credentialAt(mapped.url).kind === 'token';
    const tarballs = packages.flatMap(({ locked }) => locked?.tarball ?? []);
    return (
      tarballs.length > 0 && tarballs.every((url) => client.credentialFor(url, mapped.url).kind === 'token')
    );
  }

  /** Yarn 2+ takes a credential for the scope that a URL names. */
  function credentialAt(registry: string): Credential {
    return client.credentialFor(client.metadataUrl(registry, `${scope}/any`), registry);
  }

  function placeOf(): Pick<ScopePlan, 'registry' | 'why'> | null {
    const { registries } = github ?? { registries: [] };
    if (registryReach(mapped) === 'scope') {
      const registry = mapped.url === null ? null : registryHolding(registries, mapped.url);
      return registry === null ? null : { registry, why: 'the configuration maps it there' };
    }
    const unread = client.problems.flatMap((problem) =>
      problem.kind === 'ignored-file' ? (problem.registries?.get(scope ?? '') ?? []) : [],
    );
    for (const url of unread) {
      const registry = registryHolding(registries, url);
      if (registry !== null) return { registry, why: 'a file that this client does not read maps it there' };
    }
    for (const { locked } of packages) {
      const registry = locked?.tarball ? registryHolding(registries, locked.tarball) : null;
      if (registry !== null) return { registry, why: 'the lockfile takes it from there' };
    }
    const [only, second] = registries;
    const named = inputs.scopes.value !== 'auto' && inputs.scopes.value.includes(scope ?? '');
    return named && only !== undefined && second === undefined
      ? { registry: only, why: 'named by the input scopes' }
      : null;
  }
}
