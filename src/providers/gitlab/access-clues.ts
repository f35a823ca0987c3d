import type { AccessRequest } from '../../domain/access-state.ts';
import type { RunFacts } from '../../domain/cause.ts';
import type { Authorization } from '../../domain/credential.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { isForwarded, ownAnswer } from '../../domain/own-answer.ts';
import { ownRegistry } from '../../domain/own-project.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { packageRoute } from '../../domain/package-route.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { type Observation, statusOf } from '../../domain/probe.ts';
import { sameOrigin } from '../../domain/registry-key.ts';
import { sameSecret } from '../../domain/secret.ts';
import { atLeast, parseServerVersion } from '../../domain/server-version.ts';
import type { Case } from '../../domain/target.ts';
import { holdersNamedIn, isNamed } from './holders-named-in.ts';
import { classifyMessage, type MessageClass } from './message-class.ts';
import { observationsOf, refusalText } from './observed-body.ts';
import { otherName } from './other-name.ts';
import { readPublicProject } from './public-project.ts';
import { clientSecret } from './token-candidates.ts';

/**
 * One answer, put as GitLab's rules see it. `as` says whose eyes it was seen with; the `job` looks with its own token where the client sends
 * another one, and may have other rights.
 */
export interface AccessClue {
  request: AccessRequest;
  as: 'credential' | 'nobody' | 'unknown-token' | 'job';
  status: number;
  message: MessageClass | null;
  toPublicRegistry: boolean;
  /** Asked for a name that nobody holds, and sent on. */
  ofNothing?: boolean;
  /** Metadata that lists this project's versions among those of others. */
  merged?: boolean;
  /** A list beside the client's own request: a newer project, which it does not show, may have decided whether anybody lacks the permission. */
  beside?: boolean;
}

/**
 * Whether the token that the client sends, or the job's own beside it, got past the door of a package route: one that is unknown or finished is told 401
 * before anything else is looked at (GitLab model, section 3).
 */
export function isAlive(run: RunFacts, failing: Case, whose: 'credential' | 'job'): boolean {
  return [...failing.observations.values()].some(({ question, outcome }) => {
    const { kind } = question.authorization;
    if (kind === 'none' || kind === 'text' || packageRoute(question.url) === null) return false;
    const clue = clueOf(run, failing, { question, outcome }, { route: 'tarball' });
    return (
      clue !== null &&
      clue.status !== 401 &&
      (clue.status < 400 || clue.message !== null) &&
      clue.as === whose
    );
  });
}

/** Every answer about the package or its project that GitLab's rules can be held against. */
export function accessClues(
  run: RunFacts,
  failing: Case,
  project: PackageProject | null,
): readonly AccessClue[] {
  const { target, observations } = failing;
  const clues: AccessClue[] = [];
  const add = (probe: string, request: AccessRequest | null, ofNothing = false) => {
    const observation = observations.get(probe);
    const clue = observation && request && clueOf(run, failing, observation, request);
    if (clue && !ofNothing) clues.push(clue);
    if (clue?.toPublicRegistry && ofNothing) clues.push({ ...clue, ofNothing });
  };
  const addListing = (probe: string, request: AccessRequest | null, beside = false) => {
    const holders = holdersNamedIn(observations.get(probe));
    const others = holders.filter((holder) => !isNamed(project, holder));
    if (others.length === 0 && !beside) return add(probe, request);
    const observation = observations.get(probe);
    const clue = observation && request && clueOf(run, failing, observation, request);
    if (clue && others.length === 0) clues.push({ ...clue, beside });
    else if (clue && others.length < holders.length) clues.push({ ...clue, merged: true });
  };
  const metadata = metadataRequest(target.metadata?.url);
  const shownPath = readPublicProject(observations.get('public-project'))?.path;
  addListing('metadata', metadata);
  addListing('metadata-with-token', metadata);
  if (prefixOf(target.tarball?.url ?? '')?.kind === 'project') {
    add('tarball', { route: 'tarball' });
    add('tarball-with-token', { route: 'tarball' });
    add('as-nobody:tarball', { route: 'tarball' });
  }
  add('locked-metadata', { route: 'metadata', prefix: 'project' });
  if (metadata && 'prefix' in metadata) {
    const tags = { route: 'dist-tags', prefix: metadata.prefix, write: 'none' } as const;
    add('dist-tags', tags);
    add('dist-tags:nobody', tags);
  }
  for (const { detail } of observationsOf(observations, 'holds-package')) {
    if (detail !== String(project?.id) && detail !== project?.path) continue;
    add(`holds-package:${detail}`, { route: 'metadata', prefix: 'project' });
    add(`holds-nothing:${detail}`, { route: 'metadata', prefix: 'project' }, true);
  }
  for (const { detail } of observationsOf(observations, 'as-nobody')) {
    if (detail === String(project?.id) || detail === project?.path)
      add(`as-nobody:${detail}`, { route: 'metadata', prefix: 'project' });
  }
  for (const { detail, observation } of observationsOf(observations, 'other-prefixes')) {
    if (observation.question.url === target.metadata?.url) {
      addListing(`other-prefixes:${detail}`, metadata);
      continue;
    }
    if (prefixOf(detail)?.kind === 'project') continue;
    if (project?.id == null) {
      if (prefixOf(detail)?.kind === 'instance' && isScopeAbove(target) && isAbsence(run, observation))
        add(`other-prefixes:${detail}`, metadataRequest(detail));
      continue;
    }
    const isListing = statusOf(observation.outcome) === 200;
    if (isListing || (isAbove(detail, target, shownPath) && isAbsence(run, observation)))
      addListing(`other-prefixes:${detail}`, metadataRequest(detail), true);
  }
  const beside = forwardingBeside(run, target);
  if (beside !== null) add(`other-prefixes:${beside}`, { route: 'metadata', prefix: 'project' }, true);
  for (const { detail } of observationsOf(observations, 'packages-api')) {
    if (detail === String(project?.id) || detail === project?.path)
      add(`packages-api:${detail}`, { route: 'packages-api' });
  }
  for (const { detail } of observationsOf(observations, 'git-refs')) {
    if (detail === project?.path) add(`git-refs:${detail}`, { route: 'git' });
  }
  add('job', { route: 'job' });
  return clues;
}

/**
 * The prefix of the job's own project, where the group that is asked is the one that it lies in: a setting of that group says of both whether names
 * that nobody holds are forwarded (GitLab docs: package forwarding; spec rows, section 7).
 */
function forwardingBeside({ environment }: RunFacts, { prefix }: Case['target']): string | null {
  const { consumer } = environment;
  if (consumer === null || prefix?.kind !== 'group') return null;
  const group = consumer.path.slice(0, consumer.path.lastIndexOf('/'));
  if (prefix.group.toLowerCase() !== group.toLowerCase()) return null;
  return ownRegistry(environment);
}

/** Whether the group that is asked lies in the root group of the scope's name, in which the instance prefix looks (GitLab model, section 3). */
export function isScopeAbove({ dependency, prefix }: Case['target']): boolean {
  const root = prefix?.kind === 'group' ? prefix.group.split('/')[0] : undefined;
  return root !== undefined && root.toLowerCase() === scopeOf(dependency.name)?.slice(1).toLowerCase();
}

/** Whether a prefix looks among all packages of a project, whose path is known from its own words: its root group's, or the instance's for a scope of that name. */
function isAbove(url: string, { dependency }: Case['target'], path: string | undefined): boolean {
  const root = path?.split('/')[0]?.toLowerCase();
  const prefix = prefixOf(url);
  const looksIn = prefix?.kind === 'group' ? prefix.group : scopeOf(dependency.name)?.slice(1);
  return root !== undefined && looksIn?.toLowerCase() === root;
}

/**
 * No project that the prefix knows holds the package: the job is sent on, or told 404 in words that hide nothing. Of what hides it has heard 403
 * since 17.4 (GitLab model, section 6); a refusal may be about another project.
 */
function isAbsence({ environment }: RunFacts, observation: Observation): boolean {
  if (isForwarded(observation)) return true;
  const { outcome } = observation;
  if (statusOf(outcome) !== 404) return false;
  const said = classifyMessage(refusalText(outcome) ?? '');
  if (said === 'package-not-found') return true;
  const version = parseServerVersion(environment.serverVersion);
  const tells = version !== null && atLeast(version, 17, 4) && environment.credential.kind === 'job-token';
  return said === 'project-not-found' && tells;
}

/** The metadata route of a URL below one of GitLab's prefixes. */
export function metadataRequest(url: string | undefined): AccessRequest | null {
  const prefix = url === undefined ? null : prefixOf(url);
  return prefix && { route: 'metadata', prefix: prefix.kind };
}

/** The answers by which GitLab decides. Anything else (a rate limit, a server error) says nothing of the package. */
const decisions: ReadonlySet<number> = new Set([200, 401, 403, 404]);

function clueOf(
  run: RunFacts,
  failing: Case,
  { question, outcome }: Observation,
  request: AccessRequest,
): AccessClue | null {
  if (outcome.kind !== 'answered' || !isOfItsServer(run, failing, question.url)) return null;
  if (ownAnswer(question, outcome).kind !== 'answered') return null;
  const own = question.probe === 'metadata' || question.probe === 'tarball';
  if (!own && !decisions.has(outcome.status) && outcome.hops.length === 0) return null;
  const as = eyesOf(run, failing, question.authorization);
  const last = outcome.hops.at(-1);
  const text = refusalText(outcome);
  const message = outcome.status < 400 || text === null ? null : classifyMessage(text);
  // said of the account, before anything was looked at
  if (message === 'account-denied') return null;
  return {
    request,
    as,
    status: last?.followed ? outcome.status : (last?.status ?? outcome.status),
    message,
    toPublicRegistry: isForwarded({ question, outcome }),
  };
}

/** What another GitLab says of a number, a path or a token is about something else. */
function isOfItsServer(run: RunFacts, failing: Case, url: string): boolean {
  const { target } = failing;
  const { apiUrl } = run.environment;
  const asked = [target.tarball?.url, target.metadata?.url].filter((one) => one !== undefined);
  if (asked.length === 0 || asked.some((one) => sameOrigin(one, url))) return true;
  return apiUrl !== null && sameOrigin(apiUrl, url) && otherName(run, failing) !== null;
}

function eyesOf(run: RunFacts, failing: Case, authorization: Authorization): AccessClue['as'] {
  if (authorization.kind === 'none') return 'nobody';
  if (authorization.kind === 'text') return 'unknown-token';
  const secret = clientSecret(failing) ?? run.environment.credential.secret;
  return secret !== null && sameSecret(secret, authorization.secret) ? 'credential' : 'job';
}
