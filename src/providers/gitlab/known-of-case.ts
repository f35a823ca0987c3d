import type { AccessState } from '../../domain/access-state.ts';
import type { RunFacts } from '../../domain/cause.ts';
import { scopeOf } from '../../domain/dependency.ts';
import type { PackageProject } from '../../domain/package-project.ts';
import { percentDecoded } from '../../domain/percent-form.ts';
import { prefixOf } from '../../domain/prefix.ts';
import type { Observation } from '../../domain/probe.ts';
import type { ReadSettings } from '../../domain/read-settings.ts';
import { parseServerVersion } from '../../domain/server-version.ts';
import type { Case } from '../../domain/target.ts';
import { type AccessClue, isAlive, isScopeAbove } from './access-clues.ts';
import { asksAnotherServer } from './asks-another-server.ts';
import { isBelowGroup, isGroupHidden, isHiddenFromAll } from './group-of-request.ts';
import { isRootScope, scopeGroupOf } from './group-of-scope.ts';
import { heldVersions } from './held-versions.ts';
import { isNamed } from './holders-named-in.ts';
import { lookupVariant } from './lookup-variant.ts';
import { isShownToNobody, readPublicProject } from './public-project.ts';
import { readSettings } from './read-settings.ts';
import type { KnownState } from './state-space.ts';
import { jobTokenCandidates, tokenCandidates } from './token-candidates.ts';

/** What is known of the state before the answers are held against GitLab's rules. `null` means unknown. */
export interface KnownOfCase extends KnownState {
  jobTokens: KnownState['tokens'];
  isPublic: boolean;
  /** Nobody is shown the project. */
  isHidden: boolean;
  holds: AccessState['holds'] | null;
  /** The job's token does not see the group that the scope names. */
  hiddenScope: boolean;
  /** The group that is asked lies in the root group that the scope names. */
  scopeIsAbove: boolean;
  settings: ReadSettings | null;
}

/** What the job's variables, the configuration and what the answers say outright tell of the project, the tokens and the server. */
export function knownState(
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
    variant: elsewhere ? null : lookupVariant(failing),
    asksGroup: clues.some(({ request }) => 'prefix' in request && request.prefix === 'group'),
    addressesProject:
      prefixOf(failing.target.tarball?.url ?? failing.target.metadata?.url ?? '')?.kind === 'project',
    isPublic: readPublicProject(shown) !== null,
    isHidden: isShownToNobody(shown),
    holds: heldVersions(failing, project),
    hiddenScope: scopeGroup === 'hidden',
    scopeIsAbove: isScopeAbove(failing.target),
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

function isOwn(
  project: PackageProject | null,
  consumer: RunFacts['environment']['consumer'],
): boolean | null {
  if (project === null || consumer === null) return consumer === null ? false : null;
  if (project.id !== null && consumer.id !== null) return project.id === consumer.id;
  if (project.path !== null) return project.path === consumer.path;
  return project.name !== null && project.name !== consumer.path.split('/').at(-1) ? false : null;
}
