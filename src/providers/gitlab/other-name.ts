import type { RunFacts } from '../../domain/cause.ts';
import { ownAnswer } from '../../domain/own-answer.ts';
import { packageRoute } from '../../domain/package-route.ts';
import type { Observation } from '../../domain/probe.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import { sameSecret } from '../../domain/secret.ts';
import type { Case } from '../../domain/target.ts';
import { classifyMessage, type MessageClass } from './message-class.ts';
import { refusalText } from './observed-body.ts';

/**
 * Whether a case is asked for at the GitLab of the job, under another name than the one in `CI_API_V4_URL`. A job's token is looked at before anything
 * else, and refused with 401 by every other GitLab (GitLab model, section 3): whoever refuses the package in words of its package routes knows the job.
 * `known`: in words that nobody without a token hears; `likely`: in those that a request hears from whose way the token was lost, too. `null`: nothing
 * speaks for it. The client itself has to send the token there: nobody else does.
 */
export function otherName(run: RunFacts, { target, observations }: Case): 'known' | 'likely' | null {
  const { apiUrl, credential } = run.environment;
  const asked = [target.tarball?.url, target.metadata?.url].filter((url) => url !== undefined);
  if (apiUrl === null || credential.kind !== 'job-token' || asked.some((url) => sameOrigin(url, apiUrl)))
    return null;
  const own = credential.secret;
  const heard = ['metadata', 'tarball'].flatMap((probe) => {
    const observation = observations.get(probe);
    const { authorization } = observation?.question ?? {};
    const isJobs = own !== null && authorization?.kind === 'bearer' && sameSecret(authorization.secret, own);
    return observation && isJobs ? (refusalOf(observation) ?? []) : [];
  });
  if (heard.some((said) => saidToJobs.includes(said))) return 'known';
  return heard.some((said) => saidToAll.includes(said)) ? 'likely' : null;
}

/** Refusals of one who has got past the door: nobody without a token is told more than 401, or 404 (GitLab model, section 4). */
const saidToJobs: readonly MessageClass[] = ['not-allowed-from', 'insufficient-permissions', 'forbidden'];
const saidToAll: readonly MessageClass[] = ['project-not-found', 'group-not-found', 'package-not-found'];

function refusalOf({ question, outcome }: Observation): MessageClass | null {
  if (packageRoute(question.url) === null || ownAnswer(question, outcome).kind !== 'answered') return null;
  const text = refusalText(outcome);
  return text === null ? null : classifyMessage(text);
}
