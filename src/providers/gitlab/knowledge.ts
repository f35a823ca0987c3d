import type { AccessFindings, AccessRequest, AccessState } from '../../domain/access-state.ts';
import type { RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { prefixOf } from '../../domain/prefix.ts';
import type { ProviderKnowledge } from '../../domain/provider-knowledge.ts';
import { parseServerVersion } from '../../domain/server-version.ts';
import type { Case } from '../../domain/target.ts';
import { type AccessClue, accessClues, metadataRequest, tokenCandidates } from './access-clues.ts';
import { summariseFaults } from './access-faults.ts';
import { judge } from './access-rules.ts';
import { listedVersions } from './listed-versions.ts';
import { locateProject } from './locate-project.ts';
import { classifyMessage } from './message-class.ts';
import { readPublicProject } from './public-project.ts';
import { accessStates, type KnownState } from './state-space.ts';

/**
 * GitLab's rules, read backwards: of all states a package project can be in, those that give exactly the answers seen.
 * A fault that they all share is certain; one that some have is possible (GitLab model, sections 3 and 4).
 */
export const gitlabKnowledge: ProviderKnowledge = {
  locateProject,
  explain(run, failing, project) {
    const clues = accessClues(run, failing, project);
    if (clues.length === 0) return null;
    const known = knownState(run, failing, project, clues);
    const requests = installRequests(failing);
    const key = JSON.stringify([known, clues, requests]);
    const found = remembered.get(key) ?? summariseFaults([...explainingStates(known, clues)], requests);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, found);
    return found;
  },
};

/** The same answers mean the same, whichever package they are about; reading them backwards takes a while. */
const remembered = new Map<string, AccessFindings>();
const mostRemembered = 500;

/** The requests that an install of this case stands on. */
function installRequests({ target }: Case): readonly AccessRequest[] {
  const metadata = metadataRequest(target.metadata?.url);
  return metadata ? [metadata, { route: 'tarball' }] : [{ route: 'tarball' }];
}

/** What is known of the state before the answers are held against GitLab's rules. `null` means unknown. */
interface KnownOfCase extends KnownState {
  isPublic: boolean;
  holds: AccessState['holds'] | null;
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
    rootScope: project?.path
      ? project.path.split('/')[0]?.toLowerCase() === scopeOf(name)?.slice(1).toLowerCase()
      : null,
    asksGroup: clues.some(({ request }) => 'prefix' in request && request.prefix === 'group'),
    addressesProject:
      prefixOf(failing.target.tarball?.url ?? failing.target.metadata?.url ?? '')?.kind === 'project',
    isPublic: readPublicProject(failing.observations.get('public-project')) !== null,
    holds: heldVersions(failing, project),
  };
}

function* explainingStates(known: KnownOfCase, clues: readonly AccessClue[]): Generator<AccessState> {
  for (const state of accessStates(known)) {
    if (known.holds !== null && state.holds !== known.holds) continue;
    if (known.isPublic && state.visibility !== 'public') continue;
    if (clues.every((clue) => agrees(state, clue))) yield state;
  }
}

/** What the packages API says that the project holds; `null` when it did not say. */
function heldVersions({ target, version, observations }: Case, project: PackageProject | null) {
  const { name, locked } = target.dependency;
  const versions =
    listedVersions(observations.get(`packages-api:${project?.id}`), name) ??
    listedVersions(observations.get(`packages-api:${project?.path}`), name);
  if (versions === null) return null;
  if (versions.length === 0) return 'nothing';
  const wanted = locked?.version ?? version;
  return wanted === null || versions.includes(wanted) ? 'version' : 'other-versions';
}

function agrees(state: AccessState, clue: AccessClue): boolean {
  const token = clue.as === 'credential' ? state.token : clue.as === 'nobody' ? 'none' : 'dead';
  const answer = judge({ ...state, token }, clue.request);
  if (answer.to !== null) return clue.toPublicRegistry && clue.status === answer.status;
  if (clue.toPublicRegistry || clue.status !== answer.status) return false;
  if (clue.message === null || clue.message === 'other' || answer.message === null) return true;
  const expected = classifyMessage(answer.message);
  return expected === 'other' || expected === clue.message;
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
