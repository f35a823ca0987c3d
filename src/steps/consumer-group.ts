import { type ApiToken, apiAuthorization } from '../domain/api-token.ts';
import type { Environment } from '../domain/environment.ts';
import { observedJson } from '../domain/observed-json.ts';
import { percentEncoded } from '../domain/percent-form.ts';
import { type Outcome, type Question, statusOf } from '../domain/probe.ts';
import { atLeast, parseServerVersion } from '../domain/server-version.ts';
import { apiQuestion } from '../probes/package-questions.ts';

/** The group right above the consumer, by number and full path, or why there is none to put on a list. */
export type ConsumerGroup = { kind: 'group'; id: number; path: string } | { kind: 'none'; why: string };

/**
 * Asks with the API token for the group right above the consumer: the narrowest one that lets it in. Groups can be entries since 17.0
 * (GitLab model, section 3); a project's `namespace` names its group (GitLab docs: projects API).
 */
export async function consumerGroup(
  ask: (question: Question) => Promise<Outcome>,
  environment: Environment,
  token: ApiToken,
): Promise<ConsumerGroup> {
  const { apiUrl, consumer } = environment;
  const version = parseServerVersion(environment.serverVersion);
  if (version !== null && !atLeast(version, 17, 0))
    return { kind: 'none', why: 'an allowlist takes groups since GitLab 17.0' };
  if (apiUrl === null || consumer === null)
    return { kind: 'none', why: 'the project of this job is not known' };
  const url = `${apiUrl}/projects/${consumer.id ?? percentEncoded(consumer.path)}`;
  const authorization = apiAuthorization(environment, token, url);
  if (!authorization) return { kind: 'none', why: 'the API token is not for this server' };
  const question = apiQuestion('consumer', url, authorization);
  const outcome = await ask(question);
  const shown = observedJson({ question, outcome }) as { namespace?: Record<string, unknown> } | null;
  if (shown === null)
    return {
      kind: 'none',
      why: `the API token does not see ${consumer.path} (${statusOf(outcome) ?? 'no answer'})`,
    };
  const { id, kind, full_path: path } = shown.namespace ?? {};
  if (kind !== 'group' || typeof id !== 'number' || typeof path !== 'string')
    return { kind: 'none', why: `${consumer.path} lies in no group` };
  return consumer.path.toLowerCase().startsWith(`${path.toLowerCase()}/`)
    ? { kind: 'group', id, path }
    : { kind: 'none', why: `${consumer.path} does not lie in the group that GitLab names` };
}
