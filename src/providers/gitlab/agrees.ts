import type { AccessState } from '../../domain/access-state.ts';
import type { AccessClue } from './access-clues.ts';
import { isWithinJobScope, judge, listsPackages } from './access-rules.ts';
import { classifyMessage } from './message-class.ts';

/** Whether GitLab would have given an answer in a state. A group that the token sees may be hidden from nobody, unless a public project lies in it. */
export function agrees(found: AccessState, clue: AccessClue): boolean {
  // lists beside the client's own request are those of other groups
  const placed = clue.beside && found.belowGroup === false ? { ...found, belowGroup: true } : found;
  const state: AccessState = clue.ofNothing ? { ...placed, holds: 'nothing' } : placed;
  // Only the variant that lists by membership gives the versions of several projects, and those of each that the user may list.
  if (clue.merged) return clue.as !== 'credential' || (state.variant === 'V2' && listsPackages(state));
  if (clue.as === 'job') return true;
  const token = clue.as === 'credential' ? state.token : clue.as === 'nobody' ? 'none' : 'dead';
  const seen: AccessState = token === state.token ? state : { ...state, token };
  if (agreesAs(seen, clue) || agreesWithoutRepository(seen, clue)) return true;
  if (clue.beside && clue.status === 200 && state.variant === 'V2' && listsPackages(seen)) return true;
  const mayBeHidden = clue.as === 'nobody' && state.groupVisible && state.visibility !== 'public';
  return mayBeHidden && agreesAs({ ...seen, groupVisible: false }, clue);
}

/**
 * A repository that is switched off is refused like one whose code the user may not read, and one that was never made only to whoever may read the project. The words of a
 * missing role are taken for those of a code that may not be read as well: the GitLab model and GitLab's own check differ in that.
 */
function agreesWithoutRepository(state: AccessState, clue: AccessClue): boolean {
  if (clue.request.route !== 'git') return false;
  if (clue.message === 'git-no-repository') return agreesAs({ ...state, repository: 'none' }, clue);
  const said = clue.message === 'git-role' && isWithinJobScope(state) ? 'git-no-download' : clue.message;
  return clue.status === 403 && agreesAs({ ...state, repository: 'off' }, { ...clue, message: said });
}

function agreesAs(state: AccessState, clue: AccessClue): boolean {
  const answer = judge(state, clue.request);
  if (answer.to !== null) return clue.toPublicRegistry && clue.status === answer.status;
  if (clue.toPublicRegistry || clue.status !== answer.status) return false;
  if (clue.message === null || clue.message === 'other' || answer.message === null) return true;
  const expected = classifyMessage(answer.message);
  return expected === 'other' || expected === clue.message;
}
