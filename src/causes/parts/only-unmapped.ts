import type { Clues } from '../../domain/cause.ts';
import { registryReach } from '../../domain/client.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { isPublicRegistry } from '../../domain/public-registry.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import { failingRequest } from './failing-request.ts';

/**
 * The GitHub registry that refuses a request without a credential, while the client has a key for that very registry: both Yarns and Bun take the one of the
 * registry to which the scope is mapped, for a locked tarball too (measured: clients.md section 1). `null` for everything else.
 */
export function keyedAtGitHub(clues: Clues): string | null {
  const { run, github, case: one } = clues;
  const request = failingRequest(clues);
  if (!github || request?.credential.kind !== 'none') return null;
  const { url } = github.registry;
  if (scopeOf(one.target.dependency.name) === null || one.target.registry.url === url) return null;
  return run.client.credentialFor(request.url, url).kind === 'none' ? null : url;
}

/** The same where no line leads the scope to any server, so that its line alone is missing. */
export function onlyUnmapped(clues: Clues): string | null {
  const { registry } = clues.case.target;
  const url = keyedAtGitHub(clues);
  if (url === null || registry.url === null) return url;
  const isElsewhere = registryReach(registry) === 'scope' && !isPublicRegistry(registry.url);
  return isElsewhere || sameOrigin(registry.url, url) ? null : url;
}
