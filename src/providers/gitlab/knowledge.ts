import type { AccessFindings } from '../../domain/access-state.ts';
import type { RunFacts } from '../../domain/cause.ts';
import { isForwarded } from '../../domain/own-answer.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { packageRoute } from '../../domain/package-route.ts';
import { statusOf } from '../../domain/probe.ts';
import type { ProviderKnowledge } from '../../domain/provider-knowledge.ts';
import type { Case } from '../../domain/target.ts';
import { type AccessClue, accessClues, metadataRequest } from './access-clues.ts';
import { type InstallRequest, loneFault, summariseFaults } from './access-faults.ts';
import { explainingStates } from './explaining-states.ts';
import { type KnownOfCase, knownState } from './known-of-case.ts';
import { anotherProject, locateProject } from './locate-project.ts';
import { otherName } from './other-name.ts';
import { denialOf, isRefusedInOtherWords, possibleAnswers } from './possible-answers.ts';

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
