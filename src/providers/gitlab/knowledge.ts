import type { AccessFindings, AccessState } from '../../domain/access-state.ts';
import type { RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { prefixOf } from '../../domain/prefix.ts';
import type { ProviderKnowledge } from '../../domain/provider-knowledge.ts';
import type { ReadSettings } from '../../domain/read-settings.ts';
import { parseServerVersion } from '../../domain/server-version.ts';
import type { Case } from '../../domain/target.ts';
import { type AccessClue, accessClues, metadataRequest, tokenCandidates } from './access-clues.ts';
import { type InstallRequest, summariseFaults } from './access-faults.ts';
import { isSince } from './access-predicates.ts';
import { judge } from './access-rules.ts';
import { listedVersions, metadataVersions } from './listed-versions.ts';
import { locateProject } from './locate-project.ts';
import { classifyMessage } from './message-class.ts';
import { readPublicProject } from './public-project.ts';
import { readSettings } from './read-settings.ts';
import { settingsAgree } from './settings-agree.ts';
import { accessStates, type KnownState } from './state-space.ts';

/**
 * GitLab's rules, read backwards: of all states a package project can be in, those that give exactly the answers seen.
 * A fault that they all share is certain; one that some have is possible (GitLab model, sections 3 and 4).
 */
export const gitlabKnowledge: Pick<ProviderKnowledge, 'locateProject' | 'explain'> = {
  locateProject,
  explain(run, failing, project) {
    const clues = accessClues(run, failing, project);
    if (clues.length === 0) return null;
    const known = knownState(run, failing, project, clues);
    const requests = installRequests(failing);
    const key = JSON.stringify([known, clues, requests]);
    const found = remembered.get(key) ?? findingsOf(known, clues, requests);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, found);
    return found;
  },
};

/** Settings that fit none of the answers were changed in between, or there is more to it than they show: then nothing is certain. */
function findingsOf(
  known: KnownOfCase,
  clues: readonly AccessClue[],
  requests: readonly InstallRequest[],
): AccessFindings {
  const { settings } = known;
  const states = [...explainingStates(known, clues)];
  if (settings === null) return summariseFaults(states, requests);
  if (states.length > 0) return { ...summariseFaults(states, requests), settings };
  const without = summariseFaults([...explainingStates({ ...known, settings: null }, clues)], requests);
  const faults = Object.fromEntries(
    Object.entries(without.faults).map(([fault, there]) => [fault, there === 'always' ? 'sometimes' : there]),
  ) as AccessFindings['faults'];
  return { ...without, faults, settings };
}

/** The same answers mean the same, whichever package they are about; reading them backwards takes a while. */
const remembered = new Map<string, AccessFindings>();
const mostRemembered = 500;

/** The requests that an install of this case stands on. The tarball's key is taken to be like the metadata's until its URL is known. */
function installRequests({ target }: Case): readonly InstallRequest[] {
  const metadata = metadataRequest(target.metadata?.url);
  const bare = (asked: Case['target']['metadata']) => asked?.credential.kind === 'none';
  const tarball: InstallRequest = { route: 'tarball', bare: bare(target.tarball ?? target.metadata) };
  return metadata ? [{ ...metadata, bare: bare(target.metadata) }, tarball] : [tarball];
}

/** What is known of the state before the answers are held against GitLab's rules. `null` means unknown. */
interface KnownOfCase extends KnownState {
  isPublic: boolean;
  holds: AccessState['holds'] | null;
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
  return {
    version: parseServerVersion(environment.serverVersion),
    tokens: tokenCandidates(run, failing),
    ownProject: isOwn(project, environment.consumer),
    rootScope: isRootScope(scopeOf(name)?.slice(1), project, environment.consumer),
    asksGroup: clues.some(({ request }) => 'prefix' in request && request.prefix === 'group'),
    addressesProject:
      prefixOf(failing.target.tarball?.url ?? failing.target.metadata?.url ?? '')?.kind === 'project',
    isPublic: readPublicProject(failing.observations.get('public-project')) !== null,
    holds: heldVersions(failing, project),
    settings: readSettings(run, failing, project),
  };
}

function* explainingStates(known: KnownOfCase, clues: readonly AccessClue[]): Generator<AccessState> {
  for (const state of accessStates(known)) {
    if (known.holds !== null && state.holds !== known.holds) continue;
    if (known.isPublic && state.visibility !== 'public') continue;
    if (known.settings !== null && !settingsAgree(state, known.settings)) continue;
    if (clues.every((clue) => agrees(state, clue))) yield state;
  }
}

/** What the packages API, or metadata of the project's own prefix, says that the project holds; `null` when neither did. */
function heldVersions({ target, version, observations }: Case, project: PackageProject | null) {
  const { name, locked } = target.dependency;
  const names = [project?.id == null ? null : String(project.id), project?.path ?? null];
  const of = (slug: string) => names.map((one) => observations.get(`${slug}:${one}`));
  const versions =
    [
      ...of('packages-api').map((observation) => listedVersions(observation, name)),
      ...[...of('holds-package'), ...of('as-nobody')].map(metadataVersions),
    ].find((found) => found !== null) ?? null;
  if (versions === null) return null;
  if (versions.length === 0) return 'nothing';
  const wanted = locked?.version ?? version;
  return wanted === null || versions.includes(wanted) ? 'version' : 'other-versions';
}

/** A group that the token sees may be hidden from nobody, unless a public project lies in it. */
function agrees(found: AccessState, clue: AccessClue): boolean {
  const state: AccessState = clue.ofNothing ? { ...found, holds: 'nothing' } : found;
  if (clue.as === 'somebody') return agreesToSomebody(state, clue);
  const token = clue.as === 'credential' ? state.token : clue.as === 'nobody' ? 'none' : 'dead';
  const seen = { ...state, token };
  if (agreesAs(seen, clue)) return true;
  const mayBeHidden = clue.as === 'nobody' && state.groupVisible && state.visibility !== 'public';
  return mayBeHidden && agreesAs({ ...seen, groupVisible: false }, clue);
}

/** Whoever asks, GitLab sends on what is not there; and since 17.4 it tells every job whether a project exists. */
function agreesToSomebody(state: AccessState, { request, status }: AccessClue): boolean {
  if (request.route === 'metadata') return judge({ ...state, token: 'none' }, request).to !== null;
  return !isSince(state, 17, 4) || status === 401 || state.exists === (status !== 404);
}

function agreesAs(state: AccessState, clue: AccessClue): boolean {
  const answer = judge(state, clue.request);
  if (answer.to !== null) return clue.toPublicRegistry && clue.status === answer.status;
  if (clue.toPublicRegistry || clue.status !== answer.status) return false;
  if (clue.message === null || clue.message === 'other' || answer.message === null) return true;
  const expected = classifyMessage(answer.message);
  return expected === 'other' || expected === clue.message;
}

/** The root namespace of the job's own project exists; a package that lies below another one is none that the instance prefix holds. */
function isRootScope(
  scope: string | undefined,
  project: PackageProject | null,
  consumer: RunFacts['environment']['consumer'],
): boolean | null {
  const equals = (root: string | undefined) => root?.toLowerCase() === scope?.toLowerCase();
  if (project?.path) return equals(project.path.split('/')[0]);
  return project?.id == null && consumer !== null && equals(consumer.rootNamespace) ? true : null;
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
