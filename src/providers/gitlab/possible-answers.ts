import type { AccountDenial } from '../../domain/access-state.ts';
import { ownAnswer } from '../../domain/own-answer.ts';
import { packageRoute } from '../../domain/package-route.ts';
import { type Observation, type Outcome, serverMessage, statusOf } from '../../domain/probe.ts';
import { accountDenialIn, classifyMessage, type MessageClass } from './message-class.ts';
import { refusalText } from './observed-body.ts';
import { readPublicProject } from './public-project.ts';

/**
 * The observations of a case as far as GitLab can have given them. What it never says to a question of its API or of a repository comes from a
 * gateway in front of it that knows the routes of packages alone (`no Route matched`, `Missing Authentication Token`), and so does the same refusal of
 * any other such question; and a refusal of the routes of packages in words that GitLab does not use. They become `unreachable`, as they prove nothing.
 * The client's own requests stay as they are.
 */
export function possibleAnswers(
  observations: ReadonlyMap<string, Observation>,
): ReadonlyMap<string, Observation> {
  const beside = [...observations].filter(([probe]) => probe !== 'metadata' && probe !== 'tarball');
  const foreign = beside.filter(([probe, observation]) => isForeign(probe, observation));
  if (foreign.length === 0) return observations;
  const words = new Set(foreign.map(([, { outcome }]) => refusalOf(outcome)));
  words.delete(null);
  const isAlike = ({ question, outcome }: Observation) =>
    packageRoute(question.url) === null && words.has(refusalOf(outcome));
  const unheard = beside.filter((one) => foreign.includes(one) || isAlike(one[1]));
  return new Map([...observations, ...unheard.map(([probe, one]) => [probe, unanswered(one)] as const)]);
}

/**
 * Whether somebody else may have refused what the client asked: in words that no release of GitLab is known for, or in those that stood in place
 * of an answer which only GitLab can give.
 */
export function isRefusedInOtherWords(
  own: Observation | undefined,
  observations: ReadonlyMap<string, Observation>,
): boolean {
  const refusal = own && refusalOf(own.outcome);
  if (own === undefined || !refusal) return false;
  if (isInOtherWords(own.outcome)) return true;
  return [...observations.values()].some(
    ({ outcome }) => outcome.kind === 'unreachable' && outcome.instead === refusal,
  );
}

/** Why GitLab refuses the account with whose token one of its package routes was asked; `null` where it does not. */
export function denialOf({ question, outcome }: Observation): AccountDenial | null {
  if (packageRoute(question.url) === null || statusOf(outcome) !== 403) return null;
  if (ownAnswer(question, outcome).kind !== 'answered') return null;
  return accountDenialIn(serverMessage(outcome) ?? '');
}

function isInOtherWords(outcome: Outcome): boolean {
  return refusalOf(outcome) !== null && classifyMessage(refusalText(outcome) ?? '') === 'other';
}

/** What GitLab refuses a job's token, or nobody, by route and status; a status that is left out says nothing (GitLab model, sections 2 to 4). */
const refusals: Readonly<Record<string, Readonly<Record<number, readonly MessageClass[]>>>> = {
  job: { 401: ['unauthorized'], 403: ['account-denied'], 404: [] },
  // where the administrator switched packages off, their routes are not found
  'packages-api': { 404: ['project-not-found', 'not-found'] },
  'public-project': { 401: ['unauthorized'], 404: ['project-not-found'] },
};

function isForeign(probe: string, observation: Observation): boolean {
  const { outcome } = observation;
  if (outcome.kind !== 'answered') return false;
  const [slug = probe] = probe.split(':');
  const { status } = outcome;
  if (packageRoute(observation.question.url) !== null) return isInOtherWords(outcome);
  if (status === 200) return isEmptyAnswer(slug, observation);
  if (slug === 'git-refs') return isForeignToGit(outcome);
  const possible = refusals[slug]?.[status];
  return possible !== undefined && !possible.includes(classifyMessage(refusalText(outcome) ?? ''));
}

/** A repository's refusals are plain text, and those of whoever is known are in few words (gitlabhq lib/gitlab/git_access.rb). */
function isForeignToGit(outcome: Outcome): boolean {
  if (refusalOf(outcome) === null) return false;
  return serverMessage(outcome) !== null || (statusOf(outcome) !== 401 && isInOtherWords(outcome));
}

/** A success without what the route is there for. */
function isEmptyAnswer(slug: string, observation: Observation): boolean {
  const { outcome } = observation;
  const text = outcome.kind === 'answered' && outcome.body.kind === 'text' ? outcome.body.text : '';
  switch (slug) {
    case 'job':
      return !/"id"\s*:\s*\d/.test(text);
    case 'packages-api':
      return !text.trimStart().startsWith('[');
    case 'public-project':
      return readPublicProject(observation) === null;
    default:
      return false;
  }
}

/** Status and words of a refusal (401, 403, 404); `null` where it is none. */
function refusalOf(outcome: Outcome): string | null {
  const status = statusOf(outcome) ?? 0;
  return [401, 403, 404].includes(status) ? `${status} ${refusalText(outcome) ?? ''}` : null;
}

function unanswered({ question, outcome }: Observation): Observation {
  const attempts = outcome.kind === 'answered' ? outcome.attempts : 1;
  const instead = refusalOf(outcome);
  return {
    question,
    outcome: {
      kind: 'unreachable',
      stage: 'body',
      code: 'NOT_AN_ANSWER',
      message:
        `GitLab does not answer this question so: ${statusOf(outcome)} ${serverMessage(outcome) ?? ''}`.trim(),
      attempts,
      ...(instead !== null && { instead }),
    },
  };
}
