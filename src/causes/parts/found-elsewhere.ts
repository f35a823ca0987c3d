import type { Clues } from '../../domain/cause.ts';
import { type Prefix, prefixOf } from '../../domain/prefix.ts';
import { statusOf } from '../../domain/probe.ts';
import { sameSecret } from '../../domain/secret.ts';
import { failingRequest, isForwarded } from './failing-request.ts';

/**
 * The prefixes, other than the configured one, at which the package's metadata was found, in the order they were asked. They are asked with
 * the job's own token: where the client sends another one, it may be the token that makes the difference, unless GitLab sent the client on.
 */
export function foundElsewhere(clues: Clues): readonly Prefix[] {
  const { observations } = clues.case;
  const request = failingRequest(clues);
  const own = clues.run.environment.credential.secret;
  const other =
    request?.credential.kind === 'token' &&
    (own === null || !sameSecret(own, request.credential.secret)) &&
    !isForwarded(request.observation);
  if (other) return [];
  return [...observations].flatMap(([key, { outcome }]) => {
    if (!key.startsWith('other-prefixes:') || statusOf(outcome) !== 200) return [];
    const prefix = prefixOf(key.slice('other-prefixes:'.length));
    return prefix ? [prefix] : [];
  });
}

/** Whether the other prefixes were asked at all. */
export function askedElsewhere({ case: { observations } }: Clues): boolean {
  return [...observations.keys()].some((key) => key.startsWith('other-prefixes:'));
}
