import type { Clues } from '../../domain/cause.ts';
import { isForwarded } from '../../domain/own-answer.ts';
import { ownRegistry } from '../../domain/own-project.ts';
import { type Prefix, prefixOf } from '../../domain/prefix.ts';
import { serverMessage, statusOf } from '../../domain/probe.ts';
import { sameSecret } from '../../domain/secret.ts';
import { failingRequest } from './failing-request.ts';

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

/** Whether the other prefixes were asked, and all of them answered: one that could not say may hold the package. */
export function askedElsewhere({ case: { observations } }: Clues): boolean {
  const others = [...observations].filter(([key]) => key.startsWith('other-prefixes:'));
  return others.length > 0 && others.every(([, { outcome }]) => isDecision(statusOf(outcome)));
}

/** A rate limit or a server error decides nothing. */
function isDecision(status: number | null): boolean {
  return status !== null && status !== 429 && status < 500;
}

/**
 * The instance and group prefixes, other than the configured one, that hold the package, whether they give it to the job's token or refuse it: they say 403 of what
 * is there, where GitLab sends a name that is not there on, or says 404 (GitLab model, section 3). In the consumer's own root group a 404 means the
 * same where the job's own project sends the name on.
 */
export function heldElsewhere(clues: Clues): readonly Prefix[] {
  const { observations } = clues.case;
  const { environment } = clues.run;
  const own = ownRegistry(environment);
  const forwards = own !== null && isForwarded(observations.get(`other-prefixes:${own}`) ?? null);
  return [...observations].flatMap(([key, observation]) => {
    const prefix = key.startsWith('other-prefixes:') ? prefixOf(key.slice('other-prefixes:'.length)) : null;
    if (prefix === null || prefix.kind === 'project' || isForwarded(observation)) return [];
    const status = statusOf(observation.outcome);
    const message = serverMessage(observation.outcome) ?? '';
    if (status === 200) return [prefix];
    if (status === 403) return /scope|address|\bip\b/i.test(message) ? [] : [prefix];
    const hidden = status === 404 && prefix.kind === 'group' && /project not found/i.test(message);
    return hidden && forwards && prefix.group === environment.consumer?.rootNamespace ? [prefix] : [];
  });
}
