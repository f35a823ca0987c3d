import type { Clues } from '../../domain/cause.ts';
import { registryReach } from '../../domain/client.ts';
import { statusOf } from '../../domain/probe.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import { plannedRegistry } from './config-lines.ts';

/** Whether nothing shows that private packages are had from the default registry: no key looks meant for it, and it asks for none. */
export function isMirror({ case: { target, observations } }: Clues): boolean {
  const held = target.metadata?.credential;
  const status = statusOf(observations.get('metadata')?.outcome);
  return held?.kind === 'none' && held.nearest.length === 0 && status !== 401 && status !== 403;
}

/** A private scope goes to a default registry (`registry=`) on another server than the one that holds it. */
export function asksDefaultRegistry(clues: Clues): boolean {
  const { registry, dependency } = clues.case.target;
  const planned = plannedRegistry(clues.run, dependency.name);
  return (
    clues.case.result.kind === 'metadata-failed' &&
    registryReach(registry) === 'all' &&
    registry.url !== null &&
    planned !== null &&
    !sameOrigin(registry.url, planned)
  );
}
