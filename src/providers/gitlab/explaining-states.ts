import type { AccessState } from '../../domain/access-state.ts';
import type { AccessClue } from './access-clues.ts';
import { agrees } from './agrees.ts';
import type { KnownOfCase } from './known-of-case.ts';
import { settingsAgree } from './settings-agree.ts';
import { accessStates } from './state-space.ts';

/**
 * Every state of GitLab that gives exactly the answers heard: those to the client's credential and to nobody, and, where the job's own token asked beside it, a state of
 * the same project and server that gives that one its answers.
 */
export function* explainingStates(known: KnownOfCase, clues: readonly AccessClue[]): Generator<AccessState> {
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
    if (known.scopeIsAbove && state.belowGroup && !state.rootScope && state.holds !== 'nothing') continue;
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
