import type { ClientModel } from '../domain/client.ts';
import { isForwarded, leftFor } from '../domain/own-answer.ts';
import { prefixOf } from '../domain/prefix.ts';
import { isSuccess, type Observation, type Outcome, type Question } from '../domain/probe.ts';
import { readPackument } from '../probes/read-packument.ts';

/**
 * Asks for metadata as the client does, which follows a redirect to another origin and takes no credential along (run for real: npm 10 to 12, pnpm 9 to 12, Yarn 1
 * and 4, Bun). Where that one has no metadata for anybody, the redirect itself is the answer. The public registry, to which GitLab sends on, is never asked. Nothing throws.
 */
export async function askMetadata(
  question: Question,
  { client, ask, isPublic }: Asking,
): Promise<Observation> {
  const own = { question, outcome: await ask(question) };
  const isSentOn = isForwarded(own) && prefixOf(question.url) !== null;
  const to = isSentOn ? null : leftFor(own.outcome);
  if (to === null || isPublic(to)) return own;
  const following: Question = { ...question, redirects: 'all' };
  const outcome = await ask(following);
  const isGiven =
    outcome.kind === 'answered' &&
    isSuccess(outcome.status) &&
    readPackument(outcome, client.network).kind === 'packument';
  return isGiven ? { question: following, outcome } : own;
}

interface Asking {
  client: ClientModel;
  ask: (question: Question) => Promise<Outcome>;
  /** Whether a URL leads to the public registry. */
  isPublic: (url: string) => boolean;
}
