import { isActionToken } from '../../domain/action-token.ts';
import type { RunFacts } from '../../domain/cause.ts';
import type { Authorization, Credential } from '../../domain/credential.ts';
import { scopeOf } from '../../domain/dependency.ts';
import {
  type GitHubAccess,
  type GitHubFault,
  type GitHubTokenForm,
  githubFaults,
} from '../../domain/github-access.ts';
import { type GitHubRegistry, githubRegistryOf } from '../../domain/github-registry-of.ts';
import { type Observation, type Outcome, serverMessage } from '../../domain/probe.ts';
import { isLimited } from '../../domain/rate-limit.ts';
import { type Secret, sameSecret } from '../../domain/secret.ts';
import type { Case } from '../../domain/target.ts';
import { type GitHubRequest, type GitHubState, judge } from './access-rules.ts';

import {
  type OrganisationAnswer,
  organisationAnswer,
  readOrganisationAnswer,
} from './organisation-answer.ts';
import { classifyRefusal, type RefusalClass } from './refusals.ts';
import { githubStates, type KnownGitHubState } from './state-space.ts';
import { tokenForm } from './token-form.ts';

/** One answer of the registry, seen with the client's own credential. */
interface RegistryClue {
  request: GitHubRequest;
  status: number;
  refusal: RefusalClass;
}

interface GitHubClues {
  registry: readonly RegistryClue[];
  organisation: OrganisationAnswer | null;
}

/**
 * GitHub Packages' rules, read backwards: of all states that the token and the package can be in, those that give exactly the answers seen. A fault that
 * they all share is certain; one that some have is possible. Words that nobody knows, and a workflow file that the answers contradict, make
 * nothing certain. `null` where the failing request is none of a GitHub registry, or something before it answered.
 */
export function explainGitHub(run: RunFacts, failing: Case): GitHubAccess | null {
  const { target } = failing;
  const asked =
    failing.result.kind === 'tarball-failed' ? target.tarball : (target.metadata ?? target.tarball);
  const url = asked?.url ?? target.registry.url;
  const registry = url ? githubRegistryOf(url, run.environment) : null;
  if (registry === null) return null;
  const scope = scopeOf(target.dependency.name)?.slice(1) ?? null;
  const sent = asked?.credential.kind === 'token' ? asked.credential : null;
  const form = sent === null ? null : formOf(run, sent.secret);
  const context = { registry, owner: scope, form };
  const clues = cluesOf(failing, registry, run.environment);
  const words = sent === null ? cluesOf(failing, registry, run.environment, isWithout) : clues;
  const strangeWords = words.registry.some(({ status, refusal }) => status !== 200 && refusal === 'other');
  if (sent === null || clues.registry.length === 0) return { ...context, faults: noFaults, strangeWords };
  const known = knownState(run, registry, scope, sent, clues);
  return { ...context, faults: faultsOf(known, clues), strangeWords };
}

const noFaults = Object.fromEntries(githubFaults.map((fault) => [fault, 'never'])) as Record<
  GitHubFault,
  'never'
>;

/** What the workflow file and then the second opinion say is left out where nothing fits together with them. */
function faultsOf(known: KnownGitHubState, clues: GitHubClues): GitHubAccess['faults'] {
  const exact = summarised(known, clues);
  if (exact) return exact;
  const doubted =
    summarised({ ...known, packagesPermission: null }, clues) ??
    summarised({ ...known, packagesPermission: null }, { ...clues, organisation: null });
  return doubted ? uncertain(doubted) : noFaults;
}

function summarised(known: KnownGitHubState, clues: GitHubClues): GitHubAccess['faults'] | null {
  const states = [...githubStates(known)].filter((state) => agrees(state, clues));
  if (states.length === 0) return null;
  const blocking = states.map(blockingFault);
  const faults = Object.fromEntries(
    githubFaults.map((fault) => {
      const count = blocking.filter((one) => one === fault).length;
      return [fault, count === 0 ? 'never' : count === states.length ? 'always' : 'sometimes'];
    }),
  ) as GitHubAccess['faults'];
  const isKnown = clues.registry.every(({ status, refusal }) => status === 200 || refusal !== 'other');
  return isKnown || known.tokens.every((token) => token === 'fine-grained') ? faults : uncertain(faults);
}

function uncertain(faults: GitHubAccess['faults']): GitHubAccess['faults'] {
  return Object.fromEntries(
    Object.entries(faults).map(([fault, there]) => [fault, there === 'always' ? 'sometimes' : there]),
  ) as GitHubAccess['faults'];
}

/** The fault that ends the install: that of the metadata, else that of the tarball. */
function blockingFault(state: GitHubState): GitHubFault | null {
  const fault = judge(state, 'metadata').fault ?? judge(state, 'tarball').fault;
  return fault === 'no-token' ? null : fault;
}

function agrees(state: GitHubState, { registry, organisation }: GitHubClues): boolean {
  if (organisation !== null && organisationAnswer(state) !== organisation) return false;
  return registry.every(({ request, status, refusal }) => {
    const answer = judge(state, request);
    if (state.token === 'fine-grained') return status === 401 || status === 403 || status === 404;
    if (answer.status !== status) return false;
    return refusal === 'other' || answer.refusal === null || answer.refusal === refusal;
  });
}

function knownState(
  run: RunFacts,
  registry: GitHubRegistry,
  scope: string | null,
  sent: Extract<Credential, { kind: 'token' }>,
  { registry: answers }: GitHubClues,
): KnownGitHubState {
  const { environment } = run;
  const { workflow } = environment;
  const owner = workflow?.owner ?? null;
  const permission = workflow?.reading?.permission.kind ?? null;
  const notFound = answers.some(({ status }) => status === 404);
  const toldApps = answers.some(({ refusal }) => refusal === 'unsupported-kind');
  const source = sourceOf(sent.variable, workflow);
  // an App's token is refused in the words of a missing permission, which the run's own file may lack
  const isGranted = source === 'unknown' && permission !== 'missing' ? null : permission !== 'missing';
  return {
    platform: registry.platform,
    tokens: tokensOf(formOf(run, sent.secret), {
      app: toldApps || source !== 'workflow',
      notFound,
    }),
    packagesPermission: permission === null || permission === 'several' ? null : isGranted,
    ownOwner: owner === null || scope === null ? null : owner.toLowerCase() === scope.toLowerCase(),
    fromFork: workflow ? workflow.fromFork : false,
  };
}

/** A job token of GitLab may have no beginning of its own, and is known by being the job's. */
function formOf({ environment: { credential } }: RunFacts, secret: Secret): GitHubTokenForm {
  const isJobs = credential.kind === 'job-token' && credential.secret !== null;
  return isJobs && credential.secret && sameSecret(credential.secret, secret) ? 'gitlab' : tokenForm(secret);
}

/**
 * The kinds that a token may be. An App's own token begins like a workflow's. A package that is not found may be missing for a fine-grained token as
 * for a classic one: no document says what such a token hears.
 */
function tokensOf(
  form: GitHubTokenForm,
  maybe: { app: boolean; notFound: boolean },
): readonly GitHubState['token'][] {
  switch (form) {
    case 'classic':
    case 'oauth':
      return ['classic', 'dead'];
    case 'fine-grained':
      return maybe.notFound ? ['fine-grained', 'classic'] : ['fine-grained'];
    case 'gitlab':
    case 'public-registry':
    case 'placeholder':
      return ['dead'];
    case 'installation':
      return maybe.app ? ['workflow', 'app', 'dead'] : ['workflow', 'dead'];
    case 'unknown':
      return ['workflow', 'app', 'classic', 'dead'];
  }
}

/**
 * Where a token that begins like a workflow's comes from: the workflow; a step's output or a secret, as an App's token does and no running workflow's; or `unknown`. What no
 * `env` of the job feeds came by `GITHUB_ENV` or stands in a file, and may be anything; the action's own token is the workflow's where no input gives another.
 */
function sourceOf(
  variable: string | null,
  workflow: RunFacts['environment']['workflow'],
): 'workflow' | 'made' | 'unknown' {
  const feeds = workflow?.reading?.feeds;
  if (!feeds || variable === null) return 'unknown';
  const own = isActionToken(variable) ? (feeds.get('token') ?? []) : feeds.get(variable);
  if (own === undefined || own.some(({ kind }) => kind === 'other')) return 'unknown';
  const made = own.filter(({ kind }) => kind === 'output' || kind === 'secret').length;
  if (made === 0) return 'workflow';
  return made === own.length ? 'made' : 'unknown';
}

/** Answers of the registry itself: what a redirect led to, or a limit, says nothing of access. */
/** What was seen of the registry; `counts` picks the questions by how they were asked. */
function cluesOf(
  failing: Case,
  registry: GitHubRegistry,
  environment: RunFacts['environment'],
  counts: (observation: Observation, target: Case['target']) => boolean = isOwn,
): GitHubClues {
  const { observations, target } = failing;
  const clues = [...observations].flatMap(([key, observation]): readonly RegistryClue[] => {
    const request = key === 'tarball' ? 'tarball' : metadataProbes.has(key) ? 'metadata' : null;
    if (request === null || !counts(observation, target)) return [];
    const { outcome, question } = observation;
    if (outcome.kind !== 'answered' || githubRegistryOf(question.url, environment)?.url !== registry.url)
      return [];
    if (request === 'tarball' && outcome.hops.length > 0)
      return outcome.status === 200 ? [{ request, status: 200, refusal: 'other' }] : [];
    if (outcome.hops.length > 0 || isLimited(outcome)) return [];
    return [clueOf(request, outcome)];
  });
  // where a client makes an address up, GitHub has nothing, whoever asks
  const isMadeUp = target.dependency.locked?.tarball === null;
  const metadata = clues.filter(({ request }) => request === 'metadata');
  const isRefused = metadata.some(({ status }) => status !== 200);
  return {
    registry: isMadeUp && isRefused ? metadata : clues,
    organisation: readOrganisationAnswer(observations.get('github-organisation')),
  };
}

const metadataProbes: ReadonlySet<string> = new Set(['metadata', 'locked-metadata']);

function clueOf(request: GitHubRequest, outcome: Extract<Outcome, { kind: 'answered' }>): RegistryClue {
  return {
    request,
    status: outcome.status,
    refusal: outcome.status === 200 ? 'other' : classifyRefusal(serverMessage(outcome)),
  };
}

/** Whether a question was asked with the credential that the client sends. */
function isOwn({ question }: Observation, { metadata, tarball }: Case['target']): boolean {
  const sent = secretOf(question.authorization);
  return [metadata, tarball].some(
    (asked) => asked?.credential.kind === 'token' && asked.credential.secret === sent,
  );
}

/** Whether a question was asked without a token. */
function isWithout({ question }: Observation): boolean {
  return secretOf(question.authorization) === null;
}

function secretOf(authorization: Authorization): Secret | null {
  return 'secret' in authorization ? authorization.secret : null;
}
