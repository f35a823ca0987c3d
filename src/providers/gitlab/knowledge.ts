import type { AccessFindings, AccessState } from '../../domain/access-state.ts';
import type { RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import { isForwarded } from '../../domain/own-answer.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { packageRoute } from '../../domain/package-route.ts';
import { percentDecoded } from '../../domain/percent-form.ts';
import { prefixOf } from '../../domain/prefix.ts';
import { type Observation, statusOf } from '../../domain/probe.ts';
import type { ProviderKnowledge } from '../../domain/provider-knowledge.ts';
import type { ReadSettings } from '../../domain/read-settings.ts';
import { parseServerVersion } from '../../domain/server-version.ts';
import type { Case } from '../../domain/target.ts';
import {
  type AccessClue,
  accessClues,
  asksAnotherServer,
  isAlive,
  isNamed,
  jobTokenCandidates,
  metadataRequest,
  tokenCandidates,
} from './access-clues.ts';
import { type InstallRequest, loneFault, summariseFaults } from './access-faults.ts';
import { agrees } from './agrees.ts';
import { isBelowGroup, isGroupHidden, isHiddenFromAll } from './group-of-request.ts';
import { isRootScope, scopeGroupOf } from './group-of-scope.ts';
import { heldVersions } from './held-versions.ts';
import { anotherProject, locateProject } from './locate-project.ts';
import { otherName } from './other-name.ts';
import { denialOf, isRefusedInOtherWords, possibleAnswers } from './possible-answers.ts';
import { isShownToNobody, readPublicProject } from './public-project.ts';
import { readSettings } from './read-settings.ts';
import { settingsAgree } from './settings-agree.ts';
import { accessStates, type KnownState } from './state-space.ts';

/**
 * GitLab's rules, read backwards: of all states a package project can be in, those that give exactly the answers seen.
 * A fault that they all share is certain; one that some have is possible (GitLab model, sections 3 and 4).
 */
export const gitlabKnowledge: Pick<ProviderKnowledge, 'possibleAnswers' | 'locateProject' | 'explain'> = {
  possibleAnswers,
  /**
   * Two projects may bear one name and hold one package: a path whose answers no state of the project explains is the other's, and where the
   * project itself gives the package or has none, another one refuses.
   */
  locateProject(run, failing) {
    const found = locateProject(run, failing);
    const sure = locateProject(run, failing, { byName: false });
    if (found === null || sure === null) return found;
    const candidates = [
      found,
      ...(found.path === sure.path ? [] : [sure]),
      ...(refusesNothing(failing, sure) ? [anotherProject(failing)] : []),
    ];
    if (candidates.length === 1) return found;
    return candidates.find((one) => explainAll(run, failing, one)?.states !== 0) ?? sure;
  },
  explain,
};

/** Whether the project's own prefix gives the metadata that another prefix refused in GitLab's own words, or says that it has none: then another one refuses. */
function refusesNothing({ target, result, observations }: Case, { id, path }: PackageProject): boolean {
  if (result.kind !== 'metadata-failed' || target.prefix === null || target.prefix.kind === 'project')
    return false;
  if (isRefusedInOtherWords(observations.get('metadata'), observations)) return false;
  return [id, path].some((one) => {
    const holds = observations.get(`holds-package:${one}`);
    return holds !== undefined && (statusOf(holds.outcome) === 200 || isForwarded(holds));
  });
}

/**
 * A refusal that may be somebody else's, such as a gateway's or another GitLab's, makes nothing certain. One of the account behind the token comes before
 * anything else is looked at, so that nothing is known of the package.
 */
function explain(run: RunFacts, failing: Case, project: PackageProject | null): AccessFindings | null {
  const { observations, result } = failing;
  const own = observations.get(result.kind === 'metadata-failed' ? 'metadata' : 'tarball');
  const denied = own && denialOf(own);
  if (denied) return { ...loneFault('token-rejected'), denied };
  const found = explainHeard(run, failing, project);
  if (found === null) return null;
  if (isRefusedInOtherWords(own, observations))
    return { ...found, faults: doubted(found.faults), doubtful: true };
  return otherName(run, failing) === 'likely' ? { ...found, faults: doubted(found.faults) } : found;
}

/** Where the answers beside those of the package routes contradict them, somebody else gives them: what those routes say alone is possible, and nothing certain. */
function explainHeard(run: RunFacts, failing: Case, project: PackageProject | null): AccessFindings | null {
  const found = explainAll(run, failing, project);
  if (found === null || found.states > 0) return found;
  const packageRoutes = [...failing.observations].filter(
    ([, { question }]) => packageRoute(question.url) !== null,
  );
  if (packageRoutes.length === failing.observations.size) return found;
  const alone = explainAll(run, { ...failing, observations: new Map(packageRoutes) }, project);
  return alone === null || alone.states === 0 ? found : { ...alone, faults: doubted(alone.faults) };
}

function explainAll(run: RunFacts, failing: Case, project: PackageProject | null): AccessFindings | null {
  const clues = accessClues(run, failing, project);
  if (clues.length === 0) return null;
  const known = knownState(run, failing, project, clues);
  const requests = installRequests(failing);
  const key = JSON.stringify([known, clues, requests]);
  const found = remembered.get(key) ?? findingsOf(known, clues, requests);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, found);
  return found;
}

/** Settings that fit none of the answers were changed in between, or there is more to it than they show: then nothing is certain. */
function findingsOf(
  known: KnownOfCase,
  clues: readonly AccessClue[],
  requests: readonly InstallRequest[],
): AccessFindings {
  const found = findingsWithSettings(known, clues, requests);
  return known.holds === 'no-file' && found.states > 0 ? { ...found, withoutFile: true } : found;
}

function findingsWithSettings(
  known: KnownOfCase,
  clues: readonly AccessClue[],
  requests: readonly InstallRequest[],
): AccessFindings {
  const { settings } = known;
  const states = [...explainingStates(known, clues)];
  if (settings === null) return summariseFaults(states, requests);
  if (states.length > 0) return { ...summariseFaults(states, requests), settings };
  const without = summariseFaults([...explainingStates({ ...known, settings: null }, clues)], requests);
  return { ...without, faults: doubted(without.faults), settings };
}

function doubted(faults: AccessFindings['faults']): AccessFindings['faults'] {
  return Object.fromEntries(
    Object.entries(faults).map(([fault, there]) => [fault, there === 'always' ? 'sometimes' : there]),
  ) as AccessFindings['faults'];
}

/** The same answers mean the same, whichever package they are about; reading them backwards takes a while. */
const remembered = new Map<string, AccessFindings>();
const mostRemembered = 500;

/** The requests that an install of this case stands on. The tarball's key is taken to be like the metadata's until its URL is known. */
function installRequests({ target }: Case): readonly InstallRequest[] {
  const metadata = metadataRequest(target.metadata?.url);
  const bare = (asked: Case['target']['metadata']) => {
    if (asked?.credential.kind === 'unresolved') return asked.credential.sends === null;
    return asked?.credential.kind === 'none';
  };
  const tarball: InstallRequest = { route: 'tarball', bare: bare(target.tarball ?? target.metadata) };
  return metadata ? [{ ...metadata, bare: bare(target.metadata) }, tarball] : [tarball];
}

/** What is known of the state before the answers are held against GitLab's rules. `null` means unknown. */
interface KnownOfCase extends KnownState {
  jobTokens: KnownState['tokens'];
  isPublic: boolean;
  /** Nobody is shown the project. */
  isHidden: boolean;
  holds: AccessState['holds'] | null;
  /** The job's token does not see the group that the scope names. */
  hiddenScope: boolean;
  settings: ReadSettings | null;
}

function knownState(
  run: RunFacts,
  failing: Case,
  project: PackageProject | null,
  clues: readonly AccessClue[],
): KnownOfCase {
  const { environment } = run;
  const { name } = failing.target.dependency;
  const scopeGroup = scopeGroupOf(run, failing);
  const shown = ofProject(project, failing.observations.get('public-project'));
  const elsewhere = asksAnotherServer(run, failing);
  return {
    version: elsewhere ? null : parseServerVersion(environment.serverVersion),
    tokens: living(tokenCandidates(run, failing), isAlive(run, failing, 'credential')),
    jobTokens: living(jobTokenCandidates(run), isAlive(run, failing, 'job')),
    ownProject: elsewhere ? false : isOwn(project, environment.consumer),
    rootScope: elsewhere
      ? null
      : isRootScope(scopeOf(name)?.slice(1), project, environment.consumer, scopeGroup),
    belowGroup: isHiddenFromAll(clues)
      ? true
      : isGroupHidden(clues)
        ? null
        : isBelowGroup(project, failing.target.prefix),
    asksGroup: clues.some(({ request }) => 'prefix' in request && request.prefix === 'group'),
    addressesProject:
      prefixOf(failing.target.tarball?.url ?? failing.target.metadata?.url ?? '')?.kind === 'project',
    isPublic: readPublicProject(shown) !== null,
    isHidden: isShownToNobody(shown),
    holds: heldVersions(failing, project),
    hiddenScope: scopeGroup === 'hidden',
    settings: readSettings(run, failing, project),
  };
}

/** An answer of the route of a project; what another project shows says nothing of it. */
function ofProject(project: PackageProject | null, observation: Observation | undefined) {
  const asked = observation && /\/projects\/([^/?]+)$/.exec(observation.question.url)?.[1];
  return asked && isNamed(project, percentDecoded(asked)) ? observation : undefined;
}

function living(tokens: KnownState['tokens'], isAlive: boolean): KnownState['tokens'] {
  return isAlive ? tokens.filter((token) => token !== 'dead') : tokens;
}

function* explainingStates(known: KnownOfCase, clues: readonly AccessClue[]): Generator<AccessState> {
  const ofJob = clues.filter(({ as }) => as === 'job');
  const fits = ofJob.length === 0 ? null : projectsSeenByJob(known, ofJob);
  for (const state of explainingOwn(known, clues)) {
    if (fits === null || fits.has(projectKey(state))) yield state;
  }
}

/**
 * The job's token asks beside the client's: with other rights, of the same project and server. Of all that the job's answers leave
 * possible, what says nothing of its own rights.
 */
function projectsSeenByJob(known: KnownOfCase, clues: readonly AccessClue[]): ReadonlySet<string> {
  const asked = clues.map((clue): AccessClue => ({ ...clue, as: 'credential' }));
  const asksGroup = asked.some(({ request }) => 'prefix' in request && request.prefix === 'group');
  const states = explainingOwn({ ...known, tokens: known.jobTokens, asksGroup }, asked);
  return new Set([...states].map(projectKey));
}

/** What is the same whoever asks. Guests that may pull and strangers that may read are told only where it matters to the one who asks. */
function projectKey(state: AccessState): string {
  const { version, exists, ownProject, rootScope, belowGroup, holds, visibility, registry } = state;
  const { policies, variant, forwarding, anyoneMayPull } = state;
  const project = exists
    ? [ownProject, rootScope, belowGroup, holds, visibility, registry, anyoneMayPull]
    : [];
  return [version, policies, variant, forwarding, exists, ...project].join(' ');
}

function* explainingOwn(known: KnownOfCase, clues: readonly AccessClue[]): Generator<AccessState> {
  for (const state of accessStates(known)) {
    if (known.holds !== null && state.holds !== (known.holds === 'no-file' ? 'version' : known.holds))
      continue;
    if (known.isPublic && state.visibility !== 'public') continue;
    if (known.isHidden && state.exists && state.visibility === 'public') continue;
    if (known.hiddenScope && state.rootScope && wouldSeeGroup(state)) continue;
    if (known.settings !== null && !settingsAgree(state, known.settings)) continue;
    const held = known.holds === 'no-file' ? { ...state, holds: known.holds } : state;
    if (clues.every((clue) => agrees(held, clue))) yield held;
  }
}

/** Whoever has a role in a project sees the groups above it, and no group shows less than a project in it (GitLab: group policy). */
function wouldSeeGroup({ exists, holds, token, role, visibility, external }: AccessState): boolean {
  if (!exists || holds === 'nothing' || token !== 'running') return false;
  return role !== 'none' || visibility === 'public' || (visibility === 'internal' && !external);
}

function isOwn(
  project: PackageProject | null,
  consumer: RunFacts['environment']['consumer'],
): boolean | null {
  if (project === null || consumer === null) return consumer === null ? false : null;
  if (project.id !== null && consumer.id !== null) return project.id === consumer.id;
  if (project.path !== null) return project.path === consumer.path;
  return project.name !== null && project.name !== consumer.path.split('/').at(-1) ? false : null;
}
